/*
 * Lists and states that change without a reload. The element #live is fetched anew, by the page's
 * own address and ?part=live, when a link or filter of it is used, after each act, and now and then
 * while work is under way. Without scripts the links and filters load the page.
 */
import { act, ask, closeMenus, giveBack, tell } from './dialogs.js';
import { filter, filterSoon, isChoice, isSearch } from './filters.js';
import { live } from './part.js';
import { go, next, show } from './refresh.js';
import { changeRow, changeRows, chooseAll, clear, draw } from './selection-bar.js';

const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;

const follow = (event, link) => {
  if (isPlain(event)) {
    event.preventDefault();
    go(link.getAttribute('href'), false);
  }
};

/* What a click on an element that matches the selector does; the first one counts. */
const CLICKS = [
  ['[data-ask]', (event, button) => ask(button)],
  ['[data-do]', (event, button) => act(button)],
  ['[data-close]', (event, button) => button.closest('dialog').close()],
  ['[data-choose-all]', chooseAll],
  ['[data-unchoose]', clear],
  ['a[data-live]', follow],
];

const clicked = (event) => {
  const [found] = CLICKS.map(([selector, react]) => [event.target.closest(selector), react]).filter(
    ([element]) => element,
  );
  if (found) {
    const [element, react] = found;
    react(event, element);
  }
  closeMenus(event.target);
};

/* Settings that belong to a choice are shown with it. */
const showSettings = () =>
  document.querySelectorAll('[data-when]').forEach((it) => {
    const [name, value] = it.dataset.when.split('=');
    const select = document.querySelector(`[data-setting="${name}"] select`);
    it.hidden = Boolean(select) && select.value !== value;
  });

const changed = (event) => {
  const field = event.target;
  if (field.matches('input[data-row]')) {
    changeRow(field);
  } else if (field.matches('input[data-rows]')) {
    changeRows(field.checked);
  } else if (live() && isChoice(field)) {
    filter(field.form);
  }
  showSettings();
};

const submitted = (event) => {
  if (event.target.matches('form[data-filter]') && live() && !event.submitter?.name) {
    event.preventDefault();
    filter(event.target);
  }
};

const typed = (event) => {
  if (isSearch(event.target) && live()) {
    filterSoon(event.target.form);
  }
};

const pressed = (event) => {
  if (event.key === 'Enter' && isSearch(event.target) && live()) {
    // Enter searches, also in a wizard, where it would lead on.
    event.preventDefault();
    filter(event.target.form);
  }
  if (event.key === 'Escape') {
    document.querySelectorAll('details.ks-drop[open]').forEach((it) => {
      it.open = false;
      it.querySelector('summary').focus();
    });
  }
};

const closed = (event) => {
  if (event.target.matches?.('dialog')) {
    giveBack(event.target);
  }
};

/* After an act its dialog closes, and the page shows what has changed. */
const acted = (event, xhr, settings, args) => {
  if (xhr.responseText?.includes('<redirect ') || xhr.getResponseHeader('X-Keysmith-Not-Fresh')) {
    return;
  }
  const dialog = document.querySelector('dialog[open]');
  if (args?.validationFailed && dialog) {
    tell(dialog);
    return;
  }
  document.querySelectorAll('dialog[open]').forEach((it) => it.close());
  clear();
  window.scrollTo({ top: 0 });
  show(location.href, true);
};

document.addEventListener('DOMContentLoaded', () => {
  document.addEventListener('click', clicked);
  document.addEventListener('change', changed);
  document.addEventListener('submit', submitted);
  document.addEventListener('input', typed);
  document.addEventListener('keydown', pressed);
  document.addEventListener('close', closed, true);
  showSettings();
  if (!live()) {
    return;
  }
  window.addEventListener('popstate', () => show(location.href, false));
  window.jQuery?.(document).on('pfAjaxComplete', acted);
  draw();
  next();
  document.querySelector('[data-do][data-now]')?.click();
});
