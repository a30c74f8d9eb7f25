/* What is on a key, and erasing it. */
import { call } from '../shared/api.js';
import { element, hint, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { erasing } from './erasing.js';

const item = (each) =>
  element(
    'li',
    {},
    icon('verified'),
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, each.rpId),
      element(
        'span',
        { class: 'ks-hint' },
        [each.account, word(each.passkeyId ? 'station.ours' : 'station.foreign')].filter(Boolean).join(' · '),
      ),
    ),
  );

const list = (held) =>
  held.length
    ? element('ul', { class: 'ks-list' }, ...held.map(item))
    : hint(word('station.holds-nothing'));

/* The key lists its passkeys when it gets its PIN. */
const looking = (port) => {
  const found = element('div', { 'aria-live': 'polite' });
  const pin = element('input', {
    type: 'password',
    id: `look-${port.id}`,
    class: 'ks-input',
    autocomplete: 'off',
    maxlength: '255',
  });
  const form = element(
    'form',
    { class: 'ks-form' },
    element('label', { for: pin.id }, word('station.look-pin')),
    pin,
    element('button', { type: 'submit', class: 'ks-button' }, word('station.look')),
    found,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      found.replaceChildren(list(await call('POST', '/api/station/contents', { ...port.address, pin: pin.value })));
    } catch (e) {
      found.replaceChildren(element('p', { class: 'ks-problem' }, e.message));
    } finally {
      pin.value = '';
    }
  });
  return form;
};

const passkeys = (port) => {
  if (!port.examined.pinSet) {
    return hint(word('station.empty-key'));
  }
  return port.examined.deletesPasskeys ? looking(port) : hint(word('station.cannot-list'));
};

/* `begun` takes the session that erases the key. */
export const contents = (port, begun) =>
  element(
    'details',
    { class: 'ks-more' },
    element('summary', {}, word('station.contents')),
    passkeys(port),
    erasing(port, begun),
  );
