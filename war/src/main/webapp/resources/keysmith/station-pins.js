/* PINs to hand over: random ones that this operator had set, until they were shown. */
window.keysmith.pins = (() => {
  'use strict';
  const { word, call, element, icon } = window.keysmith;
  const $ = (id) => document.getElementById(id);
  const rows = new Map();

  const time = (text) =>
    new Date(text).toLocaleTimeString(document.documentElement.lang || undefined, {
      hour: '2-digit',
      minute: '2-digit',
    });

  /* What was asked for stays until it is hidden, whatever becomes of the key. */
  const open = async (row, pin) => {
    try {
      const { pin: text } = await call('POST', `/api/random-pins/${pin.id}/show`);
      const code = element('code', { tabindex: '0' }, text);
      const hide = element('button', { type: 'button', class: 'ks-button ks-quiet' }, icon('eye-slash'), ' ', word('station.hide-pin'));
      hide.addEventListener('click', () => {
        rows.delete(pin.id);
        draw();
      });
      row.shown = true;
      row.item.replaceChildren(
        element('p', { class: 'ks-strong' }, word('station.pin-of', pin.name)),
        code,
        element('p', { class: 'ks-hint' }, word('station.pin-once')),
        hide,
      );
      code.focus();
    } catch (e) {
      row.item.append(element('p', { class: 'ks-problem', role: 'alert' }, e.message));
    }
  };

  const make = (pin) => {
    const row = { shown: false };
    const show = element('button', { type: 'button', class: 'ks-button' }, icon('eye'), ' ', word('station.show-pin'));
    show.addEventListener('click', () => open(row, pin));
    row.item = element(
      'li',
      { class: 'ks-pin-once', 'data-pin': String(pin.id) },
      element(
        'span',
        { class: 'ks-list-text' },
        element('span', { class: 'ks-strong' }, pin.name),
        element('span', { class: 'ks-hint' }, `${pin.key} · ${word('station.pin-until', time(pin.expires))}`),
      ),
      show,
    );
    return row;
  };

  const draw = () => {
    $('pin-list').replaceChildren(...[...rows.values()].map((row) => row.item));
    $('pins').hidden = rows.size === 0;
  };

  const load = async () => {
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

  return { load };
})();
