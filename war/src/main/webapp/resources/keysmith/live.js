/*
 * Lists and states that change without a reload. The element #live is fetched anew, by the page's
 * own address and ?part=live, when a link or filter of it is used, when an act has been done, and now
 * and then while something is under way. Without scripts the links and filters work by themselves.
 */
(() => {
  'use strict';
  const live = () => document.getElementById('live');
  const texts = () => live().dataset;
  const REST = 10 * 60 * 1000;
  let turn = 0;
  let timer = 0;
  let typing = 0;
  let stream = null;
  let seen = Date.now();
  const chosen = new Set();
  let everybody = false;

  const fetched = async (address, quiet) => {
    const url = new URL(address, location.href);
    url.searchParams.set('part', 'live');
    const headers = quiet ? {'X-Keysmith-Quiet': 'true'} : {};
    const response = await fetch(url, {headers, credentials: 'same-origin'});
    if (!response.ok || response.redirected) {
      location.assign(address);
      return null;
    }
    return new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('live');
  };

  /* What is being used stays as it is: the focus, and details that are open. */
  const replace = (fresh) => {
    const old = live();
    if (old.outerHTML === fresh.outerHTML) {
      return;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...old.querySelectorAll('details[open][id]')].map((it) => it.id);
    old.replaceWith(fresh);
    open.map((id) => document.getElementById(id)).filter((it) => it).forEach((it) => { it.open = true; });
    if (focused) {
      document.getElementById(focused)?.focus({preventScroll: true});
    }
    const said = document.getElementById('live-said');
    if (said && said.textContent !== (fresh.dataset.said || '')) {
      said.textContent = fresh.dataset.said || '';
    }
    selection();
  };

  const busy = () => live().setAttribute('aria-busy', 'true');

  const show = async (address, quiet) => {
    const mine = ++turn;
    if (!quiet) {
      busy();
    }
    let fresh = null;
    try {
      fresh = await fetched(address, quiet);
    } catch (e) {
      if (mine === turn) {
        live().removeAttribute('aria-busy');
        document.getElementById('live-lost').hidden = false;
        again(5000);
      }
      return;
    }
    if (mine !== turn) {
      return;
    }
    if (!fresh) {
      if (!quiet) {
        location.assign(address);
      }
      return;
    }
    document.getElementById('live-lost').hidden = true;
    replace(fresh);
    next();
  };

  const again = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.hidden || Date.now() - seen > REST) {
        again(millis);
      } else {
        show(location.href, true);
      }
    }, millis);
  };

  /* Work under way is followed by its events; what is not is asked for now and then. */
  const next = () => {
    clearTimeout(timer);
    const {again: millis, events} = texts();
    if (events && !stream) {
      let due = 0;
      stream = new EventSource(events);
      stream.addEventListener('progress', () => {
        if (!due) {
          due = setTimeout(() => { due = 0; show(location.href, true); }, 300);
        }
      });
    } else if (!events && stream) {
      stream.close();
      stream = null;
    }
    if (millis) {
      again(Number(millis));
    }
  };

  const go = (address, replaced) => {
    history[replaced ? 'replaceState' : 'pushState'](null, '', address);
    show(address, false);
  };

  const filtering = (form) => {
    clearTimeout(typing);
    everybody = false;
    const url = new URL(form.getAttribute('action'), location.href);
    url.search = '';
    new FormData(form).forEach((value, name) => {
      if (value !== '') {
        url.searchParams.append(name, value);
      }
    });
    go(url.pathname + url.search, true);
  };

  /* Rows that are ticked, and what can be done with them. */
  const selection = () => {
    const bar = document.getElementById('selection');
    if (!bar) {
      return;
    }
    const boxes = [...live().querySelectorAll('input[data-row]')];
    boxes.forEach((box) => { box.checked = everybody || chosen.has(box.value); });
    const all = live().querySelector('input[data-rows]');
    if (all) {
      all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    }
    bar.hidden = chosen.size === 0 && !everybody;
    const text = everybody
      ? bar.dataset.all.replace('{}', Number(texts().total).toLocaleString(document.documentElement.lang))
      : bar.dataset.many.replace('{}', chosen.size);
    bar.querySelector('[data-count]').textContent = text;
    bar.querySelector('[data-choose-all]').hidden = everybody || Number(texts().total) <= chosen.size;
    document.querySelector('[data-chosen]').value = everybody
      ? `all:${location.pathname}${location.search}` : [...chosen].join(',');
    document.querySelectorAll('[data-chosen-count]').forEach((it) => { it.textContent = text; });
  };

  const choose = (boxes, on) => {
    everybody = false;
    boxes.forEach((box) => chosen[on ? 'add' : 'delete'](box.value));
    selection();
  };

  /* A button in a dialog asks about what that dialog is about. */
  const ask = (button) => {
    const outer = button.closest('dialog');
    const about = outer?.dataset || button.dataset;
    const dialog = document.getElementById(button.dataset.ask);
    clear(dialog);
    const value = dialog.querySelector('[data-for-value]');
    if (value && about.value) {
      value.value = about.value;
    }
    ['value', 'name', 'state'].forEach((each) => { dialog.dataset[each] = about[each] || ''; });
    dialog.querySelectorAll('[data-for-name]').forEach((it) => { it.textContent = about.name || ''; });
    dialog.querySelector('.ks-told')?.remove();
    const drop = button.closest('details');
    // The button may be hidden, or drawn anew, when the dialog closes: who asked is found by its id.
    dialog.dataset.opener = outer?.dataset.opener || drop?.querySelector('summary').id || button.id;
    drop?.removeAttribute('open');
    outer?.close();
    dialog.showModal();
  };

  /* A form is empty each time, and says nothing of the time before. */
  const clear = (dialog) => {
    dialog.querySelectorAll('form').forEach((form) => form.reset());
    dialog.querySelectorAll('.ui-message').forEach((it) => it.replaceChildren());
    dialog.querySelectorAll('.ui-state-error').forEach((it) => it.classList.remove('ui-state-error'));
  };

  /* Browsers give the focus back only to a button that is still there and can be seen. */
  const giveBack = (dialog) => {
    const focused = document.activeElement;
    if (dialog.dataset.opener && !document.querySelector('dialog[open]')
        && (!focused || focused === document.body || focused.closest('dialog'))) {
      document.getElementById(dialog.dataset.opener)?.focus({preventScroll: true});
    }
  };

  /* What went wrong is said where it was tried: the page behind a dialog cannot be read. */
  const tell = (dialog) => {
    dialog.querySelector('.ks-told')?.remove();
    const told = document.createElement('div');
    told.className = 'ks-problem ks-told';
    told.setAttribute('role', 'alert');
    told.textContent = [...document.querySelectorAll('#messages .ks-problem')]
      .map((it) => it.textContent.trim()).join(' ');
    if (told.textContent) {
      dialog.querySelector('h2').after(told);
    }
  };

  const act = (button) => {
    const target = document.getElementById(button.dataset.do);
    const value = document.getElementById(button.dataset.do.replace(/:[^:]*$/, ':value'));
    if (value) {
      value.value = button.dataset.value || '';
    }
    button.disabled = true;
    window.keysmithPress(target);
  };

  const clicked = (event) => {
    const target = event.target;
    const asked = target.closest('[data-ask]');
    const done = target.closest('[data-do]');
    const link = target.closest('a[data-live]');
    if (asked) {
      ask(asked);
    } else if (done) {
      act(done);
    } else if (target.closest('[data-close]')) {
      target.closest('dialog').close();
    } else if (target.closest('[data-choose-all]')) {
      everybody = true;
      selection();
    } else if (target.closest('[data-unchoose]')) {
      chosen.clear();
      everybody = false;
      selection();
    } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(link.getAttribute('href'), false);
    }
    document.querySelectorAll('details.ks-drop[open]').forEach((it) => {
      if (!it.contains(target)) {
        it.open = false;
      }
    });
  };

  const changed = (event) => {
    const box = event.target;
    if (box.matches('input[data-row]')) {
      choose(everybody ? live().querySelectorAll('input[data-row]:checked') : [box], box.checked || everybody);
    } else if (box.matches('input[data-rows]')) {
      choose(live().querySelectorAll('input[data-row]'), box.checked);
    } else if (live() && box.matches('form[data-filter] select, form[data-filter] input[type=checkbox], form[data-filter] input[type=radio], form[data-filter] input[type=date]')) {
      filtering(box.form);
    }
  };

  /* Settings that belong to a choice are shown with it. */
  const choosing = () => {
    document.querySelectorAll('[data-when]').forEach((it) => {
      const [name, value] = it.dataset.when.split('=');
      const select = document.querySelector(`[data-setting="${name}"] select`);
      it.hidden = Boolean(select) && select.value !== value;
    });
  };

  document.addEventListener('DOMContentLoaded', () => {
    document.addEventListener('click', clicked);
    document.addEventListener('change', changed);
    document.addEventListener('change', choosing);
    document.addEventListener('submit', (event) => {
      if (event.target.matches('form[data-filter]') && live() && !event.submitter?.name) {
        event.preventDefault();
        filtering(event.target);
      }
    });
    document.addEventListener('input', (event) => {
      if (event.target.matches('form[data-filter] input[type=search]') && live()) {
        clearTimeout(typing);
        busy();
        typing = setTimeout(() => filtering(event.target.form), 250);
      }
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target.matches('form[data-filter] input[type=search]') && live()) {
        // Enter searches, also in a wizard, where it would lead on.
        event.preventDefault();
        filtering(event.target.form);
      }
      if (event.key === 'Escape') {
        document.querySelectorAll('details.ks-drop[open]').forEach((it) => {
          it.open = false;
          it.querySelector('summary').focus();
        });
      }
    });
    document.addEventListener('close', (event) => {
      if (event.target.matches?.('dialog')) {
        giveBack(event.target);
      }
    }, true);
    ['pointermove', 'keydown'].forEach((sign) => document.addEventListener(sign, () => { seen = Date.now(); }));
    choosing();
    if (!live()) {
      return;
    }
    window.addEventListener('popstate', () => show(location.href, false));
    /* After an act: its dialog closes, and what it changed is shown. */
    window.jQuery?.(document).on('pfAjaxComplete', (event, xhr, settings, args) => {
      if (xhr.responseText?.includes('<redirect ')) {
        return;
      }
      const dialog = document.querySelector('dialog[open]');
      if (xhr.getResponseHeader('X-Keysmith-Not-Fresh')) {
        return;
      }
      if (args?.validationFailed && dialog) {
        tell(dialog);
        return;
      }
      document.querySelectorAll('dialog[open]').forEach((it) => it.close());
      chosen.clear();
      everybody = false;
      selection();
      window.scrollTo({top: 0});
      show(location.href, true);
    });
    selection();
    next();
    document.querySelector('[data-do][data-now]')?.click();
  });
})();
