/* The element #live: the part of the page that changes without a reload. */

export const live = () => document.getElementById('live');

export const busy = () => live().setAttribute('aria-busy', 'true');

export const idle = () => live().removeAttribute('aria-busy');

/* Says that the server cannot be reached, or that it can again. */
export const lost = (isLost) => {
  document.getElementById('live-lost').hidden = !isLost;
};

/* Fetches the part at an address of the page. Returns null, and opens the address, if there is none. */
export const fetched = async (address, quiet) => {
  const url = new URL(address, location.href);
  url.searchParams.set('part', 'live');
  const headers = quiet ? { 'X-Keysmith-Quiet': 'true' } : {};
  const response = await fetch(url, { headers, credentials: 'same-origin' });
  if (!response.ok || response.redirected) {
    location.assign(address);
    return null;
  }
  return new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('live');
};

const announce = (text) => {
  const said = document.getElementById('live-said');
  if (said && said.textContent !== text) {
    said.textContent = text;
  }
};

/* Replaces the part, and keeps the focus and open details. Returns whether anything has changed. */
export const replace = (fresh) => {
  const old = live();
  if (old.outerHTML === fresh.outerHTML) {
    return false;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  const open = [...old.querySelectorAll('details[open][id]')].map((it) => it.id);
  old.replaceWith(fresh);
  open
    .map((id) => document.getElementById(id))
    .filter((it) => it)
    .forEach((it) => {
      it.open = true;
    });
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  announce(fresh.dataset.said || '');
  return true;
};
