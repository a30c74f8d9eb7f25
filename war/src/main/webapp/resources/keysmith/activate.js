/* The owner of a security key: code, key, PIN, touch, done. */
(() => {
  'use strict';
  const { word, call, watch, follow, said, obstacle, broken, pinFault, element, icon } = window.keysmith;
  const api = '/api/activation';
  const steps = ['code', 'key', 'pin', 'write', 'done'];
  const $ = (id) => document.getElementById(id);

  let owner;
  let chosen;
  let keys = [];
  let examined;
  let endKeys = () => {};
  let endSession = () => {};
  let session;

  const fail = (message) => {
    $('problem').hidden = !message;
    $('problem').textContent = message || '';
  };

  const show = (step) => {
    steps.forEach((each) => {
      $(`step-${each}`).hidden = each !== step;
    });
    const at = steps.indexOf(step);
    document.querySelectorAll('#steps li').forEach((item, i) => {
      item.classList.toggle('ks-past', i < at || step === 'done');
      if (i === at) {
        item.setAttribute('aria-current', 'step');
      } else {
        item.removeAttribute('aria-current');
      }
    });
    if (step !== 'key') {
      endKeys();
    }
    const first = { code: 'code', pin: 'pin' }[step] || `title-${step}`;
    $(first).focus();
  };

  /* A session that is over means: begin with a code. */
  const stumble = (e) => {
    if (e.status === 401) {
      start();
    }
    fail(e.message);
  };

  const busy = async (form, work) => {
    const button = form.querySelector('button[type=submit]');
    button.disabled = true;
    fail('');
    try {
      await work();
    } catch (e) {
      stumble(e);
    } finally {
      button.disabled = false;
    }
  };

  /*
   * Whether this tab has redeemed a code; the cookie that proves it cannot be read here. So a change
   * of the language or a reload goes on where it was.
   */
  const MARK = 'keysmith-activation';
  const remember = (redeemed) =>
    redeemed ? sessionStorage.setItem(MARK, 'redeemed') : sessionStorage.removeItem(MARK);

  /* 1: the code. */

  const grouped = (typed) =>
    (
      typed
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '')
        .slice(0, 12)
        .match(/.{1,4}/g) || []
    ).join('-');

  const start = () => {
    endSession();
    remember(false);
    owner = undefined;
    chosen = undefined;
    session = undefined;
    examined = undefined;
    ['code', 'pin', 'again'].forEach((id) => {
      $(id).value = '';
    });
    fail('');
    show('code');
  };

  const redeem = async (code) => {
    if (!code.trim()) {
      fail(word('activate.code-needed'));
      $('code').focus();
      return;
    }
    owner = await call('POST', `${api}/redeem`, { code });
    remember(true);
    $('code').value = '';
    welcome();
  };

  /* The page was loaded again: with what was last under way, or with the key. */
  const resume = async () => {
    owner = await call('GET', api);
    const [last] = await call('GET', `${api}/key-sessions`);
    if (last && ['RUNNING', 'DONE'].includes(last.state)) {
      attend(last);
    } else {
      welcome();
    }
  };

  /* 2: the key. */

  const welcome = () => {
    if (owner.usedUp) {
      start();
      fail(word('activate.used-up'));
      return;
    }
    $('title-key').textContent = word('activate.hello', owner.name);
    $('promise').textContent = word(
      owner.passkeys.length ? 'activate.promise' : 'activate.promise-none',
    );
    $('waiting').replaceChildren(
      ...owner.passkeys.map((each) =>
        element(
          'li',
          {},
          icon('verified'),
          element(
            'span',
            { class: 'ks-list-text' },
            element('span', { class: 'ks-strong' }, each.integration),
            each.problem ? element('span', { class: 'ks-hint' }, each.problem.text) : null,
          ),
        ),
      ),
    );
    chooseKey();
  };

  const chooseKey = () => {
    show('key');
    endKeys();
    endKeys = watch(`${api}/keys`, plugged, stumble);
  };

  const name = (key) => `${key.transport} ${key.key}`;

  const plugged = (look) => {
    const now = look.keys;
    const before = keys.map(name);
    $('others').hidden = !look.others;
    $('others').textContent = word('activate.others', look.others);
    keys = now;
    const here = now.length > 0;
    $('no-key').hidden = here;
    $('key-form').hidden = !here;
    const wanted = now.find((key) => chosen && name(key) === name(chosen)) || now[0];
    chosen = wanted;
    $('keys').replaceChildren(
      ...now.map((key, i) =>
        element(
          'label',
          { class: 'ks-option', for: `key-${i}` },
          element('input', {
            type: 'radio',
            name: 'key',
            id: `key-${i}`,
            value: String(i),
            checked: key === wanted,
          }),
          element(
            'span',
            { class: 'ks-list-text' },
            element('span', { class: 'ks-strong' }, key.product || word('activate.unnamed-key')),
            element(
              'span',
              { class: 'ks-hint' },
              [key.location, key.serialNumber && word('activate.serial', key.serialNumber)]
                .filter(Boolean)
                .join(' · '),
            ),
          ),
        ),
      ),
    );
    const arrived = now.filter((key) => !before.includes(name(key)));
    if (arrived.length) {
      $('key-news').textContent = word('activate.found', arrived[0].product);
      if (!document.activeElement || document.activeElement === $('title-key')) {
        $('key-form').querySelector('button').focus();
      }
    } else if (before.length > now.length) {
      $('key-news').textContent = word('activate.gone');
    }
  };

  /* 3: the PIN. */

  const examine = async () => {
    examined = await call('POST', `${api}/examine`, { transport: chosen.transport, key: chosen.key });
    if (examined.obstacles.length) {
      fail(examined.obstacles.map(obstacle).join(' '));
      return;
    }
    askForPin();
  };

  const askForPin = () => {
    const has = examined.pinSet;
    $('title-pin').textContent = word(has ? 'activate.pin-title' : 'activate.new-pin-title');
    $('pin-lead').textContent = word(has ? 'activate.pin-lead' : 'activate.new-pin-lead');
    $('pin-label').textContent = word(has ? 'activate.pin' : 'activate.new-pin');
    $('again-part').hidden = has;
    $('pin').value = '';
    $('again').value = '';
    reveal(false);
    judge();
    show('pin');
  };

  const judge = () => {
    const pin = $('pin').value;
    const rules = examined.pinSet
      ? attempts()
      : choice(broken(pin, examined.pinRules), pin, $('again').value);
    $('pin-rules').replaceChildren(
      ...rules.map(([text, kept]) =>
        element(
          'li',
          { class: kept ? 'ks-kept' : '' },
          icon(kept ? 'check-circle' : 'circle'),
          text,
          kept ? element('span', { class: 'ks-hidden' }, ` (${word('activate.kept')})`) : null,
        ),
      ),
    );
    return rules.every((rule) => rule[1]);
  };

  const attempts = () =>
    examined.pinAttempts === undefined
      ? []
      : [[word('activate.attempts', examined.pinAttempts), true]];

  const choice = (faults, pin, again) => [
    [
      word('activate.rule-length', examined.pinRules.minLength),
      pin !== '' && (!faults.length || faults.long),
    ],
    ...(faults.long ? [[pinFault(faults, examined.pinRules), false]] : []),
    ...(examined.pinRules.refusesSimple
      ? [[word('activate.rule-simple'), pin !== '' && !faults.simple && !faults.length]]
      : []),
    [word('activate.rule-same'), pin !== '' && pin === again],
  ];

  const reveal = (open) => {
    $('pin').type = open ? 'text' : 'password';
    $('again').type = $('pin').type;
    $('reveal').setAttribute('aria-pressed', String(open));
  };

  /* 4: writing. */

  const write = async () => {
    if (!$('pin').value || !judge()) {
      fail(word(examined.pinSet ? 'activate.pin-needed' : 'activate.rules-broken'));
      $('pin').focus();
      return;
    }
    const pin = $('pin').value;
    $('pin').value = '';
    $('again').value = '';
    attend(
      await call('POST', `${api}/key-sessions`, {
        transport: chosen.transport,
        key: chosen.key,
        pin,
      }),
    );
  };

  const attend = (begun) => {
    session = begun;
    show('write');
    progress(session);
    if (session.state === 'RUNNING') {
      endSession = follow(`${api}/key-sessions/${session.id}`, progress, stumble);
    }
  };

  const progress = (now) => {
    session = now;
    const last = now.entries[now.entries.length - 1];
    const touch = Boolean(last && last.touch);
    if (now.state !== 'RUNNING') {
      end(now, last);
      return;
    }
    $('scene').classList.toggle('ks-scene-touch', touch);
    $('scene').querySelector('.ks-scene-icon').className = touch
      ? 'pi pi-key ks-scene-icon'
      : 'pi pi-spin pi-spinner ks-scene-icon';
    const text = last ? said(last) : word('activate.writing');
    if ($('scene-text').textContent !== text) {
      $('scene-text').textContent = text;
    }
    results($('written'), now);
  };

  const results = (list, now) => {
    const where = new Map(owner.passkeys.map((each) => [each.id, each.integration]));
    list.replaceChildren(
      ...now.results.map((each) =>
        element(
          'li',
          {},
          icon(each.active ? 'check-circle' : 'times-circle'),
          element(
            'span',
            { class: 'ks-list-text' },
            element('span', { class: 'ks-strong' }, where.get(each.passkeyId) || word('activate.passkey')),
            element(
              'span',
              { class: 'ks-hint' },
              each.active ? word('activate.is-active') : each.message.text,
            ),
          ),
        ),
      ),
    );
  };

  const end = (now, last) => {
    const active = now.results.filter((each) => each.active).length;
    if (now.state === 'DONE') {
      $('done-text').textContent = active
        ? word('activate.done-active', active)
        : last ? said(last) : '';
      results($('done-list'), now);
      show('done');
    } else {
      again(last ? said(last) : word('activate.failed'));
    }
  };

  /* What was written stays; the rest is tried again with the key and the PIN. */
  const again = async (message) => {
    try {
      owner = await call('GET', api);
      welcome();
      fail(message);
    } catch (e) {
      stumble(e);
    }
  };

  const listen = () => {
    $('code').addEventListener('input', () => {
      const at = $('code').value.length;
      if ($('code').selectionStart === at) {
        $('code').value = grouped($('code').value);
      }
    });
    $('code-form').addEventListener('submit', (event) => {
      event.preventDefault();
      busy($('code-form'), () => redeem($('code').value));
    });
    $('keys').addEventListener('change', (event) => {
      chosen = keys[Number(event.target.value)];
    });
    $('key-form').addEventListener('submit', (event) => {
      event.preventDefault();
      busy($('key-form'), examine);
    });
    $('pin').addEventListener('input', judge);
    $('again').addEventListener('input', judge);
    $('reveal').addEventListener('click', () =>
      reveal($('reveal').getAttribute('aria-pressed') !== 'true'),
    );
    $('other-key').addEventListener('click', () => {
      fail('');
      chooseKey();
    });
    $('pin-form').addEventListener('submit', (event) => {
      event.preventDefault();
      busy($('pin-form'), write);
    });
    $('cancel').addEventListener('click', () =>
      call('DELETE', `${api}/key-sessions/${session.id}`).catch(stumble),
    );
    $('finish').addEventListener('click', async () => {
      try {
        await call('DELETE', api);
      } catch (e) {
        // Over already.
      }
      start();
    });
  };

  /* The code of a link comes after the #, which is sent nowhere; it leaves the address bar. */
  const takeLink = () => {
    const code = location.hash.substring(1);
    const redeemed = sessionStorage.getItem(MARK);
    start();
    if (!code && redeemed) {
      remember(true);
      busy($('code-form'), resume);
    }
    if (code) {
      history.replaceState(null, '', location.pathname);
      busy($('code-form'), () => redeem(code));
    }
  };

  document.addEventListener('DOMContentLoaded', () => {
    listen();
    takeLink();
    window.addEventListener('hashchange', () => {
      if (location.hash.length > 1) {
        takeLink();
      }
    });
  });
})();
