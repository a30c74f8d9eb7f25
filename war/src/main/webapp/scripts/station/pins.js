/* PINs to hand over: random ones that this operator had set, until they were shown. */
import { call } from '../shared/api.js';
import { $, alert, button, element, hint } from '../shared/dom.js';
import { word } from '../shared/words.js';

const rows = new Map();

const time = (text) =>
  new Date(text).toLocaleTimeString(document.documentElement.lang || undefined, {
    hour: '2-digit',
    minute: '2-digit',
  });

/* A PIN that was asked for stays until it is hidden, also when the key goes. */
const open = async (row, pin) => {
  try {
    const { pin: text } = await call('POST', `/api/random-pins/${pin.id}/show`);
    const code = element('code', { tabindex: '0' }, text);
    const hide = () => {
      rows.delete(pin.id);
      draw();
    };
    row.shown = true;
    row.item.replaceChildren(
      element('p', { class: 'ks-strong' }, word('station.pin-of', pin.name)),
      code,
      hint(word('station.pin-once')),
      button(word('station.hide-pin'), hide, 'ks-quiet', 'eye-slash'),
    );
    code.focus();
  } catch (e) {
    row.item.append(alert(e.message));
  }
};

const make = (pin) => {
  const row = { shown: false };
  row.item = element(
    'li',
    { class: 'ks-pin-once', 'data-pin': String(pin.id) },
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, pin.name),
      element('span', { class: 'ks-hint' }, `${pin.key} · ${word('station.pin-until', time(pin.expires))}`),
    ),
    button(word('station.show-pin'), () => open(row, pin), '', 'eye'),
  );
  return row;
};

const draw = () => {
  $('pin-list').replaceChildren(...[...rows.values()].map((row) => row.item));
  $('pins').hidden = rows.size === 0;
};

export const load = async () => {
  const waiting = await call('GET', '/api/random-pins');
  const ids = new Set(waiting.map((pin) => pin.id));
  let changed = false;
  rows.forEach((row, id) => {
    if (!row.shown && !ids.has(id)) {
      rows.delete(id);
      changed = true;
    }
  });
  waiting
    .filter((pin) => !rows.has(pin.id))
    .forEach((pin) => {
      rows.set(pin.id, make(pin));
      changed = true;
    });
  /* Drawn anew only where something is new, so that the focus stays where it is. */
  if (changed) {
    draw();
  }
};
