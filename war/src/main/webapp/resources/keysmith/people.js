/* Suggests users while a login is typed. */
(() => {
  'use strict';
  let timer;
  let asked = 0;
  const suggest = async (input) => {
    const mine = ++asked;
    const text = input.value.trim();
    if (text.length < 2) {
      return;
    }
    const query = new URLSearchParams({ text, limit: '10', sort: 'login' });
    try {
      const { items } = await window.keysmith.call('GET', `/api/users?${query}`);
      if (mine === asked) {
        document
          .getElementById(input.dataset.people)
          .replaceChildren(
            ...items.map((each) => window.keysmith.element('option', { value: each.login }, each.name)),
          );
      }
    } catch (e) {
      // A known login can be typed all the same.
    }
  };
  document.addEventListener('input', (event) => {
    if (event.target.dataset.people) {
      clearTimeout(timer);
      timer = setTimeout(() => suggest(event.target), 200);
    }
  });
})();
