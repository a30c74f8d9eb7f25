/* The desk: a card for each security key that is plugged in or being written, and who waits. */
(() => {
  'use strict';
  const { word, call, watch, follow, said, obstacle, broken, pinFault, element, icon, lead, pins } = window.keysmith;
  const $ = (id) => document.getElementById(id);
  const cards = new Map();
  const times = [];
  const PAGE = 50;
  const MOST = 500;
  let people = [];
  let total = 0;
  let wantedPeople = PAGE;
  let number = 0;
  let asked = 0;
  let preferred;

  const nameOf = (key) => `${key.transport} ${key.key}`;
  const tell = (text) => {
    $('news').textContent = text;
  };
  const fail = (e) => {
    $('problem').hidden = !e;
    $('problem').textContent = e ? e.message : '';
    if (e && e.status === 401) {
      location.reload();
    }
  };
  const duration = (seconds) =>
    seconds < 90
      ? word('station.seconds', Math.round(seconds))
      : word('station.minutes', Math.round(seconds / 60));
  const button = (text, act, look = '', sign) => {
    const made = element('button', { type: 'button', class: `ks-button ${look}` });
    made.append(...(sign ? [icon(sign), ' ', text] : [text]));
    made.addEventListener('click', act);
    return made;
  };
  const hint = (text) => element('p', { class: 'ks-hint' }, text);

  /* Who waits. */

  const load = async () => {
    const mine = ++asked;
    const text = $('search').value.trim();
    const query = new URLSearchParams({ limit: String(wantedPeople), sort: 'login' });
    if (!$('everybody').checked) {
      query.set('passkey', 'ASSIGNED');
    }
    if (text) {
      query.set('text', text);
    }
    try {
      const slice = await call('GET', `/api/users?${query}`);
      if (mine === asked) {
        people = slice.items.filter((each) => each.status !== 'LEFT');
        total = slice.total - (slice.items.length - people.length);
        showPeople(text);
      }
    } catch (e) {
      fail(e);
    }
  };

  const busyWith = (id) =>
    [...cards.values()].some((card) => card.owner && card.owner.id === id && card.phase !== 'ready');
  const chosenFor = (id, but) =>
    [...cards.values()].some((card) => card !== but && card.owner && card.owner.id === id);
  const next = (but) => {
    if (preferred && !chosenFor(preferred.id, but)) {
      return preferred;
    }
    return $('everybody').checked ? undefined : people.find((each) => !chosenFor(each.id, but));
  };

  const showPeople = (text) => {
    $('queue-title').textContent = word($('everybody').checked ? 'station.all' : 'station.waiting');
    $('waiting-count').textContent = String(total);
    $('people').replaceChildren(
      ...people.map((each) =>
        element(
          'li',
          { class: busyWith(each.id) ? 'ks-busy' : '' },
          element(
            'span',
            { class: 'ks-list-text' },
            element('span', { class: 'ks-strong' }, each.name),
            element('span', { class: 'ks-hint' }, each.login),
          ),
          busyWith(each.id) ? element('span', { class: 'ks-chip ks-warn' }, word('station.now')) : null,
        ),
      ),
    );
    const left = total - people.length;
    $('more').hidden = left <= 0;
    $('more-button').hidden = wantedPeople >= MOST;
    $('more-text').textContent = word('station.shown', people.length, total);
    $('none').hidden = people.length > 0;
    $('none').textContent = word(text ? 'station.none-found' : 'station.none');
    cards.forEach((card) => {
      if (card.phase === 'ready') {
        offer(card);
      }
    });
    lead.update();
    pace();
  };

  /* A port at which this operator writes, or can: no key of another user, none of another desk. */
  const isForThoseWhoWait = (card) => {
    if (!card.here) {
      return false;
    }
    if (card.session && ['running', 'done'].includes(card.phase)) {
      return card.session.own;
    }
    return Boolean(
      card.examined &&
        !card.examined.obstacles.length &&
        !card.examined.pinSet &&
        !(card.known && card.known.ownerId),
    );
  };

  const pace = () => {
    if (!times.length) {
      $('pace').textContent = word('station.no-pace');
      return;
    }
    const each = times.reduce((sum, time) => sum + time, 0) / times.length;
    if ($('everybody').checked || !total) {
      $('pace').textContent = word('station.pace-alone', duration(each));
      return;
    }
    const ports = Math.max(1, [...cards.values()].filter(isForThoseWhoWait).length);
    $('pace').textContent = word(
      'station.pace',
      duration(each),
      duration((each * total) / ports),
    );
  };

  /* Cards. */

  const add = (key) => {
    const id = ++number;
    const fresh = lead.hasBegun();
    const card = { id, key, fresh, here: true, phase: 'examining', end: () => {} };
    const title = key.product || word('station.unnamed');
    card.chip = element('span', { class: 'ks-chip' });
    card.body = element('div', { class: 'ks-slot-body' });
    card.root = element(
      'article',
      { class: 'ks-card ks-slot', 'aria-labelledby': `slot-${id}`, 'data-key': key.key },
      element(
        'div',
        { class: 'ks-slot-head' },
        icon('key'),
        element(
          'div',
          { class: 'ks-list-text' },
          element('h3', { id: `slot-${id}`, tabindex: '-1' }, title),
          element(
            'span',
            { class: 'ks-hint' },
            [key.location, key.serialNumber && word('station.serial', key.serialNumber)]
              .filter(Boolean)
              .join(' · '),
          ),
        ),
        card.chip,
      ),
      card.body,
    );
    cards.set(nameOf(key), card);
    $('cards').append(card.root);
    return card;
  };

  const drop = (card) => {
    card.end();
    card.root.remove();
    cards.delete(nameOf(card.key));
    $('nothing').hidden = cards.size > 0;
  };

  const phase = (card, name, look, ...content) => {
    const inside = card.root.contains(document.activeElement);
    const shown = card.body.querySelector('.ks-pin-once:has(code)');
    card.phase = name;
    card.chip.className = `ks-chip ${look}`;
    card.chip.textContent = word(`station.is-${name}`);
    card.root.classList.toggle('ks-touch-now', false);
    card.body.replaceChildren(...content.filter(Boolean), ...(shown ? [shown] : []));
    if (inside) {
      card.root.querySelector('h3').focus();
    }
  };

  const examine = async (card) => {
    phase(card, 'examining', 'ks-off', hint(word('station.examining')));
    try {
      const { key, known } = await call('POST', '/api/station/examine', {
        transport: card.key.transport,
        key: card.key.key,
      });
      card.examined = key;
      card.known = known;
      if (known && known.ownerId && !card.owner) {
        card.owner = (await call('GET', `/api/users/${known.ownerId}`)).user;
        card.own = true;
      }
      ready(card);
    } catch (e) {
      phase(
        card,
        'failed',
        'ks-bad',
        element('p', { class: 'ks-problem', role: 'alert' }, e.message),
        button(word('station.again'), () => examine(card), 'ks-primary', 'refresh'),
      );
    }
  };

  /* Before: what it is, for whom, which PIN. */

  const facts = (card) => {
    const { examined, known } = card;
    return element(
      'ul',
      { class: 'ks-rules ks-fit' },
      ...[
        [!examined.obstacles.length, word(examined.pinSet ? 'station.has-pin' : 'station.is-new')],
        examined.pinSet &&
          examined.pinAttempts !== undefined && [
            examined.pinAttempts > 3,
            word('station.attempts', examined.pinAttempts),
          ],
        examined.room !== undefined && [examined.room > 0, word('station.room', examined.room)],
        known && [true, word('station.known', known.assetTag || known.serialNumber || known.id)],
        ...examined.obstacles.map((each) => [false, obstacle(each)]),
      ]
        .filter(Boolean)
        .map(([good, text]) =>
          element(
            'li',
            { class: good ? 'ks-kept' : 'ks-lacking' },
            icon(good ? 'check-circle' : 'exclamation-triangle'),
            text,
          ),
        ),
    );
  };

  const ready = (card) => {
    const fit = card.examined.obstacles.length === 0;
    card.form = element('form', { class: 'ks-form', novalidate: true });
    card.form.addEventListener('submit', (event) => {
      event.preventDefault();
      start(card);
    });
    phase(
      card,
      'ready',
      fit ? 'ks-good' : 'ks-bad',
      facts(card),
      fit ? card.form : null,
      card.key.serialNumber && !card.known ? stocking(card) : null,
      contents(card),
    );
    if (fit) {
      fill(card);
      offer(card);
    }
  };

  const fill = (card) => {
    const { id, examined } = card;
    card.select = element('select', { id: `person-${id}`, class: 'ks-select' });
    card.select.addEventListener('change', () => {
      card.owner = people.find((each) => String(each.id) === card.select.value);
      card.own = true;
    });
    card.problem = element('p', { class: 'ks-problem', role: 'alert', hidden: true });
    card.pin = element('input', {
      type: 'password',
      id: `pin-${id}`,
      class: 'ks-input',
      autocomplete: 'off',
      maxlength: '255',
    });
    card.random = element('input', { type: 'radio', name: `way-${id}`, checked: true });
    const typed = element('input', { type: 'radio', name: `way-${id}`, id: `typed-${id}` });
    const pinPart = element(
      'div',
      { class: 'ks-form', hidden: !examined.pinSet },
      element(
        'label',
        { for: `pin-${id}` },
        word(examined.pinSet ? 'station.present-pin' : 'station.new-pin'),
      ),
      card.pin,
      examined.pinSet ? null : hint(word('station.pin-rule', examined.pinRules.minLength)),
    );
    [card.random, typed].forEach((each) =>
      each.addEventListener('change', () => {
        pinPart.hidden = card.random.checked;
      }),
    );
    const ways = element(
      'fieldset',
      { class: 'ks-ways' },
      element('legend', {}, word('station.pin')),
      element('label', { class: 'ks-check' }, card.random, element('span', {}, word('station.random'))),
      element('label', { class: 'ks-check' }, typed, element('span', {}, word('station.typed'))),
      card.examined.takesPolicies ? null : hint(word('station.no-forced-change')),
    );
    card.start = element(
      'button',
      { type: 'submit', class: 'ks-button ks-primary' },
      icon('play'),
      word('station.start'),
    );
    card.form.replaceChildren(
      card.problem,
      element('label', { for: `person-${id}` }, word('station.for')),
      card.select,
      ...(examined.pinSet ? [] : [ways]),
      pinPart,
      card.start,
    );
  };

  /* Fills the list of persons without changing a choice that was made. */
  const offer = (card) => {
    if (!card.select || !card.form.isConnected) {
      return;
    }
    if (!card.own) {
      card.owner = lead.isWanted() && !card.fresh ? undefined : next(card);
    }
    const choices = people.filter((each) => !chosenFor(each.id, card));
    if (card.owner && !choices.some((each) => each.id === card.owner.id)) {
      choices.unshift(card.owner);
    }
    const none = element('option', { value: '' }, word('station.choose'));
    card.select.replaceChildren(
      none,
      ...choices.map((each) =>
        element('option', { value: String(each.id) }, `${each.name} (${each.login})`),
      ),
      ...(total > people.length
        ? [element('option', { disabled: true }, word('station.more-people', total - people.length))]
        : []),
    );
    card.select.value = card.owner ? String(card.owner.id) : '';
    card.start.disabled = false;
    leadOn(card);
  };

  /*
   * With the desk leading, a key that has come since is begun by itself: for the person who was
   * named as next when it came, or not at all.
   */
  const leadOn = (card) => {
    if (!lead.hasBegun() || !card.fresh || card.led || !card.here) {
      return;
    }
    card.led = true;
    if (card.owner && !card.own && !card.examined.pinSet) {
      start(card, true);
    }
  };

  const complain = (card, text, field) => {
    card.problem.hidden = false;
    card.problem.textContent = text;
    field.focus();
  };

  const start = async (card, led = false) => {
    const { key, examined, owner } = card;
    const random = !examined.pinSet && card.random.checked;
    const pin = card.pin.value;
    if (!owner) {
      complain(card, word('station.person-needed'), card.select);
      return;
    }
    if (!random && !pin) {
      complain(card, word('station.pin-needed'), card.pin);
      return;
    }
    if (!random && !examined.pinSet) {
      const faults = broken(pin, examined.pinRules);
      if (faults.length || faults.simple) {
        complain(
          card,
          pinFault(faults, examined.pinRules),
          card.pin,
        );
        return;
      }
    }
    card.start.disabled = true;
    card.pin.value = '';
    try {
      run(
        card,
        await call('POST', '/api/key-sessions', {
          transport: key.transport,
          key: key.key,
          userId: owner.id,
          ...(random ? { randomPin: true } : { pin }),
          ...(led ? { led } : {}),
        }),
      );
    } catch (e) {
      card.start.disabled = false;
      if (e.code === 'lead.not-begun') {
        lead.lost(e);
      }
      complain(card, e.message, card.start);
    }
  };

  /* While it is written. */

  const STEPS = ['EXAMINE', 'PIN', 'ACTIVATE', 'ENROL'];

  const run = (card, session) => {
    card.session = session;
    card.steps = element('ol', { class: 'ks-stages' });
    card.words = element('p', { class: 'ks-strong' });
    card.clock = element('span', { class: 'ks-hint', 'aria-hidden': 'true' });
    card.scene = element('div', { class: 'ks-scene' }, icon('spin pi-spinner ks-scene-icon'), card.words, card.clock);
    phase(
      card,
      'running',
      'ks-warn',
      card.owner ? element('p', {}, word('station.writing-for', card.owner.name)) : null,
      card.steps,
      card.scene,
      button(word('station.cancel'), () => cancel(card), 'ks-quiet'),
    );
    progress(card, session);
    card.end = follow(
      `/api/key-sessions/${session.id}`,
      (now) => progress(card, now),
      (e) => {
        card.words.textContent = e.message;
      },
    );
    showPeople($('search').value.trim());
  };

  const cancel = (card) =>
    call('DELETE', `/api/key-sessions/${card.session.id}`).catch((e) => {
      card.words.textContent = e.message;
    });

  const progress = (card, now) => {
    card.session = now;
    const last = now.entries[now.entries.length - 1];
    if (now.state !== 'RUNNING') {
      over(card, now, last);
      return;
    }
    const touch = Boolean(last && last.touch);
    const text = last ? said(last) : word('station.beginning');
    if (touch && !card.root.classList.contains('ks-touch-now')) {
      $('touches').textContent = word('station.touch-at', text, card.key.location);
    }
    card.root.classList.toggle('ks-touch-now', touch);
    card.scene.classList.toggle('ks-scene-touch', touch);
    card.scene.firstChild.className = touch
      ? 'pi pi-key ks-scene-icon'
      : 'pi pi-spin pi-spinner ks-scene-icon';
    card.words.textContent = text;
    const at = last ? STEPS.indexOf(last.step) : 0;
    card.steps.hidden = at < 0;
    card.steps.replaceChildren(
      ...STEPS.map((step, i) =>
        element(
          'li',
          { class: i < at ? 'ks-past' : '', 'aria-current': i === at ? 'step' : null },
          word(`station.stage-${step.toLowerCase()}`),
        ),
      ),
    );
  };

  const seconds = (session) =>
    (Date.parse(session.ended || new Date().toISOString()) - Date.parse(session.started)) / 1000;

  const over = (card, now, last) => {
    const name = card.owner ? card.owner.name : '';
    const text = last ? said(last) : '';
    if (preferred && card.owner && preferred.id === card.owner.id && now.state === 'DONE') {
      preferred = undefined;
    }
    if (now.state === 'DONE') {
      if (now.userId && now.own) {
        times.push(seconds(now));
      }
      phase(
        card,
        'done',
        'ks-good',
        element(
          'div',
          { class: 'ks-scene ks-scene-good' },
          icon('check-circle ks-scene-icon'),
          element('p', { class: 'ks-strong' }, name ? word('station.done-for', name) : text),
          name ? hint(text) : null,
          hint(word('station.took', duration(seconds(now)))),
        ),
        now.pinToShow ? pinOnce(card) : null,
        hint(word('station.pull')),
        button(word('station.clear'), () => clear(card), 'ks-quiet'),
      );
      tell(name ? word('station.done-for', name) : text);
    } else {
      phase(
        card,
        now.state === 'CANCELLED' ? 'cancelled' : 'failed',
        now.state === 'CANCELLED' ? 'ks-off' : 'ks-bad',
        name ? element('p', {}, word('station.writing-for', name)) : null,
        element('p', { class: 'ks-problem', role: 'alert' }, text),
        now.pinToShow ? pinOnce(card) : null,
        card.here
          ? button(word('station.again'), () => retry(card), 'ks-primary', 'refresh')
          : hint(word('station.plug-again')),
        button(word('station.clear'), () => clear(card), 'ks-quiet'),
      );
    }
    refresh();
  };

  const refresh = () => {
    load();
    pins.load().catch(fail);
  };

  const retry = (card) => {
    card.own = Boolean(card.owner);
    examine(card);
  };

  /* Done with it: a key that is still there can be used for another user. */
  const clear = (card) => {
    if (!card.here) {
      drop(card);
      return;
    }
    card.owner = undefined;
    card.own = false;
    examine(card);
  };

  const pinOnce = (card) => {
    const place = element('div', { class: 'ks-pin-once' });
    const show = button(
      word('station.show-pin'),
      async () => {
        try {
          const { pin } = await call('POST', `/api/key-sessions/${card.session.id}/pin`);
          const code = element('code', { tabindex: '0' }, pin);
          place.replaceChildren(
            element('p', { class: 'ks-strong' }, word('station.pin-of', card.owner ? card.owner.name : '')),
            code,
            hint(word('station.pin-once')),
            button(word('station.hide-pin'), () => place.remove(), 'ks-quiet', 'eye-slash'),
          );
          code.focus();
          pins.load().catch(fail);
        } catch (e) {
          place.replaceChildren(element('p', { class: 'ks-problem', role: 'alert' }, e.message));
        }
      },
      'ks-primary',
      'eye',
    );
    place.append(hint(word('station.pin-waits')), show);
    return place;
  };

  /* A key that shows a serial number can be recorded before anybody has it. */
  const stocking = (card) => {
    const tag = element('input', {
      type: 'text',
      id: `tag-${card.id}`,
      class: 'ks-input',
      autocomplete: 'off',
      maxlength: '64',
    });
    const problem = element('p', { class: 'ks-problem', role: 'alert', hidden: true });
    const form = element(
      'form',
      { class: 'ks-form' },
      problem,
      element('label', { for: `tag-${card.id}` }, word('station.stock-tag')),
      tag,
      element('button', { type: 'submit', class: 'ks-button' }, icon('box'), word('station.stock')),
    );
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await call('POST', '/api/keys', {
          transport: card.key.transport,
          key: card.key.key,
          assetTag: tag.value,
        });
        tell(word('station.stocked'));
        examine(card);
      } catch (e) {
        problem.hidden = false;
        problem.textContent = e.message;
      }
    });
    return element(
      'details',
      { class: 'ks-more' },
      element('summary', {}, word('station.stock')),
      form,
    );
  };

  /* What is on it, and erasing it: never without a typed word. */

  const contents = (card) => {
    const { id, examined } = card;
    const found = element('div', { 'aria-live': 'polite' });
    const pin = element('input', {
      type: 'password',
      id: `look-${id}`,
      class: 'ks-input',
      autocomplete: 'off',
      maxlength: '255',
    });
    const look = async (event) => {
      event.preventDefault();
      try {
        const held = await call('POST', '/api/station/contents', {
          transport: card.key.transport,
          key: card.key.key,
          pin: pin.value,
        });
        found.replaceChildren(heldList(held));
      } catch (e) {
        found.replaceChildren(element('p', { class: 'ks-problem' }, e.message));
      } finally {
        pin.value = '';
      }
    };
    const form = element(
      'form',
      { class: 'ks-form' },
      element('label', { for: `look-${id}` }, word('station.look-pin')),
      pin,
      element('button', { type: 'submit', class: 'ks-button' }, word('station.look')),
      found,
    );
    form.addEventListener('submit', look);
    return element(
      'details',
      { class: 'ks-more' },
      element('summary', {}, word('station.contents')),
      examined.pinSet
        ? examined.deletesPasskeys
          ? form
          : hint(word('station.cannot-list'))
        : hint(word('station.empty-key')),
      erasing(card),
    );
  };

  const heldList = (held) =>
    held.length
      ? element(
          'ul',
          { class: 'ks-list' },
          ...held.map((each) =>
            element(
              'li',
              {},
              icon('verified'),
              element(
                'span',
                { class: 'ks-list-text' },
                element('span', { class: 'ks-strong' }, each.rpId),
                element(
                  'span',
                  { class: 'ks-hint' },
                  [each.account, word(each.passkeyId ? 'station.ours' : 'station.foreign')]
                    .filter(Boolean)
                    .join(' · '),
                ),
              ),
            ),
          ),
        )
      : hint(word('station.holds-nothing'));

  const erasing = (card) =>
    window.keysmith.erasing(card, (session) => {
      card.owner = undefined;
      card.own = false;
      run(card, session);
    });

  /* What comes and goes. */

  const twin = (key) =>
    [...cards.values()].find(
      (card) =>
        !card.here &&
        card.key.transport === key.transport &&
        card.key.location === key.location &&
        card.phase === 'running',
    );

  const plugged = (look) => {
    const now = new Map(look.keys.map((key) => [nameOf(key), key]));
    cards.forEach((card, name) => {
      if (card.here && !now.has(name)) {
        gone(card);
      }
    });
    now.forEach((key, name) => {
      const card = cards.get(name) || twin(key);
      if (!card) {
        tell(word('station.arrived', key.product));
        const made = add(key);
        adopt(made).then((found) => found || examine(made));
      } else if (!card.here) {
        back(card, key);
      }
    });
    $('nothing').hidden = cards.size > 0;
    $('troubles').replaceChildren(
      ...Object.entries(look.problems || {}).map(([transport, text]) =>
        element('p', { class: 'ks-problem' }, `${transport}: ${text}`),
      ),
    );
    pace();
  };

  const gone = (card) => {
    tell(word('station.gone', card.key.product));
    card.here = false;
    const keep =
      card.phase === 'running' ||
      card.phase === 'failed' ||
      card.body.querySelector('.ks-pin-once');
    if (!keep) {
      drop(card);
    }
  };

  const back = (card, key) => {
    card.here = true;
    if (nameOf(card.key) !== nameOf(key)) {
      cards.delete(nameOf(card.key));
      card.key = key;
      cards.set(nameOf(key), card);
    }
    /* What has just ended is read first; it may have ended before this was heard. */
    if (!['running', 'done'].includes(card.phase) && !card.body.querySelector('.ks-pin-once')) {
      retry(card);
    }
  };

  /* A session that was begun before this page was opened. */
  const adopt = async (card) => {
    try {
      const sessions = await call('GET', '/api/key-sessions');
      const mine = sessions.find(
        (each) =>
          each.transport === card.key.transport &&
          each.key === card.key.key &&
          each.state === 'RUNNING',
      );
      if (mine) {
        card.owner = mine.userId
          ? (await call('GET', `/api/users/${mine.userId}`)).user
          : undefined;
        run(card, mine);
      }
      return Boolean(mine);
    } catch (e) {
      fail(e);
      return false;
    }
  };

  const tick = () =>
    cards.forEach((card) => {
      if (card.phase === 'running') {
        card.clock.textContent = duration(seconds(card.session));
      }
    });

  const wanted = async () => {
    const id = new URLSearchParams(location.search).get('user');
    if (!id || !/^\d+$/.test(id)) {
      return;
    }
    try {
      const { user } = await call('GET', `/api/users/${id}`);
      if (user.status === 'LEFT') {
        fail(new Error(word('station.left', user.name)));
      } else {
        preferred = user;
      }
    } catch (e) {
      fail(e);
    }
  };

  const begin = async () => {
    let typing;
    $('search').addEventListener('input', () => {
      wantedPeople = PAGE;
      clearTimeout(typing);
      typing = setTimeout(load, 200);
    });
    $('everybody').addEventListener('change', () => {
      wantedPeople = PAGE;
      load();
    });
    $('more-button').addEventListener('click', () => {
      wantedPeople = Math.min(MOST, wantedPeople + PAGE);
      load();
    });
    lead.listen(next, () => showPeople($('search').value.trim()));
    await wanted();
    await load();
    try {
      (await call('GET', '/api/key-sessions'))
        .filter((each) => each.state === 'DONE' && each.userId && each.own)
        .forEach((each) => times.push(seconds(each)));
    } catch (e) {
      fail(e);
    }
    watch('/api/station', plugged, fail);
    setInterval(tick, 1000);
    pins.load().catch(fail);
    setInterval(() => document.hidden || refresh(), 15000);
  };

  document.addEventListener('DOMContentLoaded', begin);
})();
