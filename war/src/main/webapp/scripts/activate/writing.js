/* The steps in which the key is written, and which say what is on it. */
import { $, element, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';

/* The last entry of a key session; undefined before the first one. */
export const lastEntry = (session) => session.entries[session.entries.length - 1];

const result = (each, integrations) =>
  element(
    'li',
    {},
    icon(each.active ? 'check-circle' : 'times-circle'),
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, integrations.get(each.passkeyId) || word('activate.passkey')),
      element('span', { class: 'ks-hint' }, each.active ? word('activate.is-active') : each.message.text),
    ),
  );

const drawResults = (list, session, owner) => {
  const integrations = new Map(owner.passkeys.map((each) => [each.id, each.integration]));
  list.replaceChildren(...session.results.map((each) => result(each, integrations)));
};

/* Shows a session that runs. */
export const drawWriting = (session, owner) => {
  const last = lastEntry(session);
  const touch = Boolean(last?.touch);
  $('scene').classList.toggle('ks-scene-touch', touch);
  $('scene').querySelector('.ks-scene-icon').className = touch
    ? 'pi pi-key ks-scene-icon'
    : 'pi pi-spin pi-spinner ks-scene-icon';
  const text = last ? last.message.text : word('activate.writing');
  if ($('scene-text').textContent !== text) {
    $('scene-text').textContent = text;
  }
  drawResults($('written'), session, owner);
};

/* Shows what a session has written. */
export const drawDone = (session, owner) => {
  const active = session.results.filter((each) => each.active).length;
  $('done-text').textContent = active
    ? word('activate.done-active', active)
    : lastEntry(session)?.message.text || '';
  drawResults($('done-list'), session, owner);
};
