/* What the page says: for screen readers, and above all cards. */
import { $ } from '../shared/dom.js';

/* Tells screen readers what has happened. */
export const tell = (text) => {
  $('news').textContent = text;
};

/* Shows a problem, or none. When the session is over, the page leads to the sign-in. */
export const fail = (e) => {
  $('problem').hidden = !e;
  $('problem').textContent = e ? e.message : '';
  if (e?.status === 401) {
    location.reload();
  }
};
