/*
 * Asks again who is there where the server wants to know it, and then repeats what was asked for. The
 * server decides; this only spares a way to another page and back.
 */
(() => {
  'use strict';
  const at = (id) => document.getElementById(id);
  let repeat = null;

  const say = (text) => {
    at('fresh-said').textContent = text;
    at('fresh-said').hidden = !text;
  };

  const ask = (then) => {
    repeat = then;
    say('');
    at('fresh-dialog').showModal();
  };

  const over = () => {
    if (at('fresh-password')) {
      at('fresh-password').value = '';
    }
    at('fresh-dialog').close();
  };

  const confirm = async (way) => {
    say('');
    try {
      await way();
    } catch (e) {
      say(window.keysmithPasskey.problem(e));
      return;
    }
    const then = repeat;
    repeat = null;
    over();
    then?.();
  };

  const byPassword = () => {
    const password = at('fresh-password').value;
    at('fresh-password').value = '';
    return window.keysmithPasskey.post('/login/confirm/password', { password });
  };

  const byPasskey = async () => {
    const { post, get } = window.keysmithPasskey;
    const credential = await get(await post('/login/confirm/passkey/options', {}));
    return post('/login/confirm/passkey', { credential });
  };

  document.addEventListener('DOMContentLoaded', () => {
    if (!at('fresh-dialog')) {
      return; // The page shows nothing that would ask.
    }
    at('fresh-form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      confirm(byPassword);
    });
    at('fresh-passkey')?.addEventListener('click', () => confirm(byPasskey));
    at('fresh-cancel').addEventListener('click', over);
    window.jQuery?.(document).on('pfAjaxComplete', (event, xhr, settings) => {
      if (xhr.getResponseHeader('X-Keysmith-Not-Fresh')) {
        const source = typeof settings.source === 'string' ? settings.source : settings.source?.id;
        ask(() => window.keysmithPress(at(source)));
      }
    });
  });
  window.keysmithFresh = { ask };
})();
