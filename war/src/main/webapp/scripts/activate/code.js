/* The step in which the owner enters the code. */
import { $ } from '../shared/dom.js';

const LENGTH = 12;

/* Writes a code in groups of four. */
export const grouped = (typed) => {
  const signs = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, LENGTH);
  return (signs.match(/.{1,4}/g) || []).join('-');
};

/* Groups the code while it is typed at its end; a correction inside it keeps the cursor. */
export const groupWhileTyping = () =>
  $('code').addEventListener('input', () => {
    if ($('code').selectionStart === $('code').value.length) {
      $('code').value = grouped($('code').value);
    }
  });

/*
 * Whether this tab has redeemed a code; the cookie that proves it cannot be read here. So a change
 * of the language or a reload goes on where it was.
 */
const MARK = 'keysmith-activation';

export const isRedeemed = () => Boolean(sessionStorage.getItem(MARK));

export const remember = (redeemed) =>
  redeemed ? sessionStorage.setItem(MARK, 'redeemed') : sessionStorage.removeItem(MARK);

/* Returns the code of a link and takes it out of the address bar. It follows the #, which is not sent. */
export const takeFromLink = () => {
  const code = location.hash.substring(1);
  if (code) {
    history.replaceState(null, '', location.pathname);
  }
  return code;
};
