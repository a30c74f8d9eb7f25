/*
 * Asks again who is there where the server demands it, and then repeats the request. The server decides.
 */
import { press } from '../panel/press.js';
import { $ } from '../shared/dom.js';
import { post, problem } from './ceremony.js';
import { get } from './webauthn.js';

let repeat = null;

/* Whether the page has the dialog. */
export const isPossible = () => Boolean($('fresh-dialog'));

const say = (text) => {
  $('fresh-said').textContent = text;
  $('fresh-said').hidden = !text;
};

/* Opens the dialog; `then` is called when the operator has confirmed. */
export const ask = (then) => {
  repeat = then;
  say('');
  $('fresh-dialog').showModal();
};

const over = () => {
  if ($('fresh-password')) {
    $('fresh-password').value = '';
  }
  $('fresh-dialog').close();
};

const confirm = async (way) => {
  say('');
  try {
    await way();
  } catch (e) {
    say(problem(e));
    return;
  }
  const then = repeat;
  repeat = null;
  over();
  then?.();
};

const byPassword = () => {
  const password = $('fresh-password').value;
  $('fresh-password').value = '';
  return post('/login/confirm/password', { password });
};

const byPasskey = async () => {
  const credential = await get(await post('/login/confirm/passkey/options', {}));
  return post('/login/confirm/passkey', { credential });
};

/* Repeats an act of Faces that the server refused, too. */
export const listen = () => {
  if (!isPossible()) {
    return; // The page shows nothing that would ask.
  }
  $('fresh-form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    confirm(byPassword);
  });
  $('fresh-passkey')?.addEventListener('click', () => confirm(byPasskey));
  $('fresh-cancel').addEventListener('click', over);
  window.jQuery?.(document).on('pfAjaxComplete', (event, xhr, settings) => {
    if (xhr.getResponseHeader('X-Keysmith-Not-Fresh')) {
      const source = typeof settings.source === 'string' ? settings.source : settings.source?.id;
      ask(() => press($(source)));
    }
  });
};
