/* The card of a port: a head that stays, and a body that changes with the phase. */
import { element, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';

const PIN_SHOWN = '.ks-pin-once:has(code)';

const head = ({ id, key }, chip) =>
  element(
    'div',
    { class: 'ks-slot-head' },
    icon('key'),
    element(
      'div',
      { class: 'ks-list-text' },
      element('h3', { id: `slot-${id}`, tabindex: '-1' }, key.product || word('station.unnamed')),
      element(
        'span',
        { class: 'ks-hint' },
        [key.location, key.serialNumber && word('station.serial', key.serialNumber)].filter(Boolean).join(' · '),
      ),
    ),
    chip,
  );

export class Card {
  constructor(port) {
    this.chip = element('span', { class: 'ks-chip' });
    this.body = element('div', { class: 'ks-slot-body' });
    this.root = element(
      'article',
      { class: 'ks-card ks-slot', 'aria-labelledby': `slot-${port.id}`, 'data-key': port.key.key },
      head(port, this.chip),
      this.body,
    );
  }

  /* Shows a phase. A PIN that is shown stays, and so does the focus inside the card. */
  show(phase, look, ...content) {
    const focused = this.root.contains(document.activeElement);
    const pin = this.body.querySelector(PIN_SHOWN);
    this.chip.className = `ks-chip ${look}`;
    this.chip.textContent = word(`station.is-${phase}`);
    this.touch = false;
    this.body.replaceChildren(...content.filter(Boolean), ...(pin ? [pin] : []));
    if (focused) {
      this.root.querySelector('h3').focus();
    }
  }

  /* Whether the key waits for a touch. */
  get touch() {
    return this.root.classList.contains('ks-touch-now');
  }

  set touch(now) {
    this.root.classList.toggle('ks-touch-now', now);
  }

  /* Whether it shows, or offers to show, a random PIN. */
  get hasPin() {
    return Boolean(this.body.querySelector('.ks-pin-once'));
  }

  remove() {
    this.root.remove();
  }
}
