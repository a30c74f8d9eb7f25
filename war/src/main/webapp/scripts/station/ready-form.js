/* The form of a key that can be written: for whom, and with which PIN. */
import { element, hint, icon } from '../shared/dom.js';
import { broken, pinFault } from '../shared/pin-rules.js';
import { word } from '../shared/words.js';

/* A refusal of what was entered, and the field to mend. */
class Incomplete extends Error {
  constructor(text, field) {
    super(text);
    this.field = field;
  }
}

export class ReadyForm {
  #examined;

  /* `picked` is called with the id of the user who was chosen, `submitted` when the form is sent. */
  constructor({ id, examined }, { picked, submitted }) {
    this.#examined = examined;
    this.root = element('form', { class: 'ks-form', novalidate: true });
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      submitted();
    });
    this.person = element('select', { id: `person-${id}`, class: 'ks-select' });
    this.person.addEventListener('change', () => picked(this.person.value));
    this.problem = element('p', { class: 'ks-problem', role: 'alert', hidden: true });
    this.pin = element('input', {
      type: 'password',
      id: `pin-${id}`,
      class: 'ks-input',
      autocomplete: 'off',
      maxlength: '255',
    });
    this.random = element('input', { type: 'radio', name: `way-${id}`, checked: true });
    this.start = element(
      'button',
      { type: 'submit', class: 'ks-button ks-primary' },
      icon('play'),
      word('station.start'),
    );
    this.#build(id);
  }

  #build(id) {
    const pinPart = this.#pinPart(id);
    this.root.append(
      this.problem,
      element('label', { for: `person-${id}` }, word('station.for')),
      this.person,
      ...(this.#examined.pinSet ? [] : [this.#ways(id, pinPart)]),
      pinPart,
      this.start,
    );
  }

  #pinPart(id) {
    const { pinSet, pinRules } = this.#examined;
    return element(
      'div',
      { class: 'ks-form', hidden: !pinSet },
      element('label', { for: `pin-${id}` }, word(pinSet ? 'station.present-pin' : 'station.new-pin')),
      this.pin,
      pinSet ? null : hint(word('station.pin-rule', pinRules.minLength)),
    );
  }

  /* Random or typed. */
  #ways(id, pinPart) {
    const typed = element('input', { type: 'radio', name: `way-${id}`, id: `typed-${id}` });
    [this.random, typed].forEach((each) =>
      each.addEventListener('change', () => {
        pinPart.hidden = this.random.checked;
      }),
    );
    return element(
      'fieldset',
      { class: 'ks-ways' },
      element('legend', {}, word('station.pin')),
      element('label', { class: 'ks-check' }, this.random, element('span', {}, word('station.random'))),
      element('label', { class: 'ks-check' }, typed, element('span', {}, word('station.typed'))),
      this.#examined.takesPolicies ? null : hint(word('station.no-forced-change')),
    );
  }

  get isShown() {
    return this.root.isConnected;
  }

  /* Fills the list of users; `left` of them are not loaded. */
  offer(choices, owner, left) {
    this.person.replaceChildren(
      element('option', { value: '' }, word('station.choose')),
      ...choices.map((each) => element('option', { value: String(each.id) }, `${each.name} (${each.login})`)),
      ...(left > 0 ? [element('option', { disabled: true }, word('station.more-people', left))] : []),
    );
    this.person.value = owner ? String(owner.id) : '';
    this.start.disabled = false;
  }

  /* Shows a problem, and puts the focus on its field. */
  complain(e) {
    this.start.disabled = false;
    this.problem.hidden = false;
    this.problem.textContent = e.message;
    (e.field || this.start).focus();
  }

  /* Returns the PIN for the call, and empties the field. Throws what `complain` takes. */
  take(owner) {
    const { pinSet, pinRules } = this.#examined;
    const random = !pinSet && this.random.checked;
    const pin = this.pin.value;
    if (!owner) {
      throw new Incomplete(word('station.person-needed'), this.person);
    }
    if (!random && !pin) {
      throw new Incomplete(word('station.pin-needed'), this.pin);
    }
    const faults = random || pinSet ? {} : broken(pin, pinRules);
    if (faults.length || faults.simple) {
      throw new Incomplete(pinFault(faults, pinRules), this.pin);
    }
    this.start.disabled = true;
    this.pin.value = '';
    return random ? { randomPin: true } : { pin };
  }
}
