/* For every page: tells the time zone, opens the menu, changes the language, copies texts. */
const secure = location.protocol === 'https:' ? ';Secure' : '';
const remember = (name, value) => {
  document.cookie = `${name}=${encodeURIComponent(value)};Path=/;Max-Age=31536000;SameSite=Strict${secure}`;
};

remember('keysmith-zone', Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

const menu = () => {
  const button = document.getElementById('menu-button');
  const nav = document.getElementById('menu');
  if (!button || !nav) {
    return;
  }
  const show = (open) => {
    nav.classList.toggle('ks-open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && nav.classList.contains('ks-open')) {
      show(false);
      button.focus();
    }
  });
};

const language = () => {
  const select = document.getElementById('language');
  if (select) {
    select.value = select.dataset.language;
    select.addEventListener('change', () => {
      remember('keysmith-language', select.value);
      location.replace(location.href);
    });
  }
};

const copying = () => {
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (button) {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = button.dataset.copied;
      } catch (e) {
        // Browsers keep the clipboard from pages without TLS: marked, it can be copied by hand.
        getSelection().selectAllChildren(text);
      }
    }
  });
};

menu();
language();
copying();
