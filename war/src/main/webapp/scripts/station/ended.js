/* What the card of a key shows when its session is over. */
import { alert, button, element, hint, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { duration, seconds } from './pace.js';
import { pinOnce } from './pin-once.js';

const clearButton = (clear) => button(word('station.clear'), clear, 'ks-quiet');

const success = ({ owner, session }, text) =>
  element(
    'div',
    { class: 'ks-scene ks-scene-good' },
    icon('check-circle ks-scene-icon'),
    element('p', { class: 'ks-strong' }, owner ? word('station.done-for', owner.name) : text),
    owner ? hint(text) : null,
    hint(word('station.took', duration(seconds(session)))),
  );

/* The session has done its work. */
export const done = (port, text, { clear }) => [
  success(port, text),
  port.session.pinToShow ? pinOnce(port) : null,
  hint(word('station.pull')),
  clearButton(clear),
];

/* The session has failed or was cancelled. */
export const failed = (port, text, { clear, retry }) => [
  port.owner ? element('p', {}, word('station.writing-for', port.owner.name)) : null,
  alert(text),
  port.session.pinToShow ? pinOnce(port) : null,
  port.here
    ? button(word('station.again'), retry, 'ks-primary', 'refresh')
    : hint(word('station.plug-again')),
  clearButton(clear),
];
