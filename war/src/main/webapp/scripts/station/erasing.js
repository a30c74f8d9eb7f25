/* The part of a key's card that erases the key: never without a typed word, nor without saying what stays open. */
import { call } from '../shared/api.js';
import { element, hint, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';

const logins = (passkeys) => [...new Set(passkeys.map((each) => each.user))].join(', ');

/* Which key of the inventory it is: what the key tells, or what the operator says. */
const identity = (id, preview, pinSet) => {
  const place = element('div', { class: 'ks-form' });
  if (preview.key) {
    place.append(
      element('p', {}, word('station.erase-known', preview.key.name)),
      hint(
        preview.passkeys.length
          ? word('station.erase-revokes', logins(preview.passkeys))
          : word('station.erase-revokes-none'),
      ),
    );
  }
  const choice = element('select', { id: `key-to-erase-${id}`, class: 'ks-select' });
  if (preview.candidates.length) {
    choice.append(
      element('option', { value: '' }, word('station.choose')),
      ...preview.candidates.map((each) =>
        element(
          'option',
          { value: String(each.id) },
          [each.name, each.owner, `#${each.id}`].filter(Boolean).join(' · '),
        ),
      ),
      element('option', { value: 'none' }, word('station.erase-none-of-them')),
    );
    place.append(
      element('p', { class: 'ks-problem' }, word('station.erase-open')),
      element('label', { for: choice.id }, word('station.erase-which')),
      choice,
    );
  }
  const pin = element('input', {
    type: 'password',
    id: `pin-to-erase-${id}`,
    class: 'ks-input',
    autocomplete: 'off',
    maxlength: '63',
  });
  if (pinSet && !preview.passkeys.length) {
    place.append(element('label', { for: pin.id }, word('station.erase-pin')), pin);
  }
  const seen = preview.key ? preview.passkeys.map((each) => each.id) : null;
  return { place, choice, pin, seen };
};

/* `begun` takes the session that erases it. */
export const erasing = ({ id, address, examined }, begun) => {
  const typed = element('input', {
    type: 'text',
    id: `erase-${id}`,
    class: 'ks-input',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const problem = element('p', { class: 'ks-problem', role: 'alert', hidden: true });
  const what = element('div', { 'aria-live': 'polite' });
  const form = element(
    'form',
    { class: 'ks-form ks-danger-zone' },
    element('p', {}, word('station.erase-warning')),
    what,
    problem,
    element('label', { for: `erase-${id}` }, word('station.erase-type')),
    typed,
    element('button', { type: 'submit', class: 'ks-button ks-danger' }, icon('trash'), word('station.erase')),
  );
  const complain = (text) => {
    problem.hidden = !text;
    problem.textContent = text;
  };
  let known;
  let looking;
  /* Asked once it is wanted: the key answers to one at a time. */
  const look = async () => {
    try {
      known = identity(id, await call('POST', '/api/station/erasure', address), examined.pinSet);
      what.replaceChildren(known.place);
    } catch (e) {
      complain(e.message);
    }
  };
  form.addEventListener(
    'focusin',
    () => {
      looking = look();
    },
    { once: true },
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await looking;
    complain('');
    const which = known ? known.choice.value : '';
    const pin = known ? known.pin.value : '';
    try {
      begun(
        await call('POST', '/api/key-sessions/resets', {
          ...address,
          keyId: /^\d+$/.test(which) ? Number(which) : null,
          unrecognised: which === 'none',
          ...(known?.seen ? { seen: known.seen } : {}),
          ...(pin ? { pin } : {}),
          confirmation: typed.value,
        }),
      );
    } catch (e) {
      complain(e.message);
      typed.focus();
    } finally {
      if (known) {
        known.pin.value = '';
      }
    }
  });
  return form;
};
