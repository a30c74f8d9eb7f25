/* A random PIN on the card of its key: shown once, when the operator asks for it. */
import { call } from '../shared/api.js';
import { alert, button, element, hint } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { fail } from './notices.js';
import * as pins from './pins.js';

export const pinOnce = ({ session, owner }) => {
  const place = element('div', { class: 'ks-pin-once' });
  const show = async () => {
    try {
      const { pin } = await call('POST', `/api/key-sessions/${session.id}/pin`);
      const code = element('code', { tabindex: '0' }, pin);
      place.replaceChildren(
        element('p', { class: 'ks-strong' }, word('station.pin-of', owner ? owner.name : '')),
        code,
        hint(word('station.pin-once')),
        button(word('station.hide-pin'), () => place.remove(), 'ks-quiet', 'eye-slash'),
      );
      code.focus();
      pins.load().catch(fail);
    } catch (e) {
      place.replaceChildren(alert(e.message));
    }
  };
  place.append(hint(word('station.pin-waits')), button(word('station.show-pin'), show, 'ks-primary', 'eye'));
  return place;
};
