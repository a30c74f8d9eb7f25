/* Ceremonies of operators: sign-in, the first account, another passkey; and the question who is there. */
import { post, problem, say, words } from './ceremony.js';
import * as fresh from './fresh.js';
import { create, get } from './webauthn.js';

const value = (id) => document.getElementById(id)?.value || '';

const ceremonies = {
  'sign-in': async (button) => {
    const credential = await get(await post('/login/passkey/options', {}));
    return post('/login/passkey', { credential, to: button.dataset.to });
  },
  'set-up': async (button) => {
    const body = { link: value('link'), login: value('login'), name: value('name') };
    const credential = await create(await post('/login/new-passkey/set-up/options', body));
    return post('/login/new-passkey/set-up', { ...body, label: button.dataset.label, credential });
  },
  own: async (button) => {
    const credential = await create(await post('/login/new-passkey/own/options', {}));
    return post('/login/new-passkey/own', { label: value(button.dataset.labelFrom), credential });
  },
};

const run = async (button) => {
  if (!window.PublicKeyCredential) {
    say(words().unsupported, true);
    return;
  }
  button.disabled = true;
  say(words().waiting, false);
  try {
    const answer = await ceremonies[button.dataset.passkey](button);
    location.assign(answer.to);
  } catch (e) {
    button.disabled = false;
    if (e.code === 'sign-in.not-fresh' && fresh.isPossible()) {
      say('', false);
      fresh.ask(() => run(button));
      return;
    }
    say(problem(e), true);
    button.focus();
  }
};

/* The secret of a set-up link comes after the #, which is sent nowhere; it leaves the address bar. */
const takeLink = () => {
  const link = document.getElementById('link');
  if (!link) {
    return;
  }
  if (location.hash.length > 1) {
    link.value = location.hash.substring(1);
    history.replaceState(null, '', location.pathname);
  }
  if (!link.value) {
    document.getElementById('no-link').hidden = false;
    return;
  }
  post('/login/new-passkey/set-up/owner', { link: link.value })
    .then((owner) => {
      if (owner.login) {
        document.getElementById('names').hidden = true;
        const lead = document.getElementById('set-up-owner');
        lead.textContent = lead.dataset.owner.replace('{}', owner.login);
      }
    })
    .catch((e) => say(e.message, true));
};

document.addEventListener('DOMContentLoaded', () => {
  fresh.listen();
  document.getElementById('passkey')?.addEventListener('click', (event) => run(event.currentTarget));
  takeLink();
});
