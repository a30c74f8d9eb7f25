/* The browser's part of the WebAuthn ceremonies of operators (WebAuthn Level 3, section 5.1). */
(() => {
  'use strict';
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  const value = (id) => (document.getElementById(id) || {}).value || '';

  const words = () => document.getElementById('ceremony').dataset;
  const say = (message, failed) => {
    const place = document.querySelector('#ceremony .ks-ceremony');
    place.textContent = message;
    place.classList.toggle('ks-failed', failed);
    place.hidden = !message;
  };

  const post = async (path, body) => {
    let response;
    try {
      response = await fetch(path, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Keysmith-Csrf': document.querySelector('meta[name=keysmith-csrf]').content,
        },
        body: JSON.stringify(body),
      });
    } catch (e) {
      throw new Error(words().unreachable);
    }
    let answer;
    try {
      answer = await response.json();
    } catch (e) {
      throw new Error(words().unreachable);
    }
    if (!response.ok) {
      throw Object.assign(new Error(answer.detail), { code: answer.code });
    }
    return answer;
  };

  const known = (list) => list.map((each) => ({ ...each, id: bytes(each.id) }));

  const get = async (options) => {
    const made = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        authenticatorData: text(made.response.authenticatorData),
        signature: text(made.response.signature),
        userHandle: made.response.userHandle ? text(made.response.userHandle) : undefined,
      },
    };
  };

  const create = async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

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

  const problem = (e) => {
    switch (e.name) {
      case 'NotAllowedError':
      case 'AbortError':
        return words().cancelled;
      case 'InvalidStateError':
        return words().known;
      case 'SecurityError':
        return words().address;
      case 'NotSupportedError':
        return words().unsupported;
      default:
        return e.message;
    }
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
      if (e.code === 'sign-in.not-fresh' && window.keysmithFresh) {
        say('', false);
        window.keysmithFresh.ask(() => run(button));
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

  window.keysmithPasskey = { get, post, problem };

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('passkey');
    if (button) {
      button.addEventListener('click', () => run(button));
    }
    takeLink();
  });
})();
