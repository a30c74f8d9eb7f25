/* Filters of a list: a change shows the rows that they find, and is in the address. */
import { busy } from './part.js';
import { go } from './refresh.js';
import { selection } from './selection-bar.js';

const TYPING_MILLIS = 250;
const FIELDS = ['select', 'input[type=checkbox]', 'input[type=radio]', 'input[type=date]'];
const SEARCH = 'form[data-filter] input[type=search]';
const CHOICE = FIELDS.map((field) => `form[data-filter] ${field}`).join(', ');

let typing = 0;

export const isSearch = (field) => field.matches(SEARCH);
export const isChoice = (field) => field.matches(CHOICE);

/* The address of what the fields find; fields without a value are left out. */
export const addressOf = (action, base, fields) => {
  const url = new URL(action, base);
  url.search = '';
  fields.forEach(([name, value]) => {
    if (value !== '') {
      url.searchParams.append(name, value);
    }
  });
  return url.pathname + url.search;
};

export const filter = (form) => {
  clearTimeout(typing);
  selection.forgetAll();
  go(addressOf(form.getAttribute('action'), location.href, [...new FormData(form)]), true);
};

/* Waits until the typing pauses. */
export const filterSoon = (form) => {
  clearTimeout(typing);
  busy();
  typing = setTimeout(() => filter(form), TYPING_MILLIS);
};
