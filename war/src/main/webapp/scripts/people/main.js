/* Suggests users while a login is typed. */
import { call } from '../shared/api.js';
import { element } from '../shared/dom.js';

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
    const { items } = await call('GET', `/api/users?${query}`);
    if (mine === asked) {
      document
        .getElementById(input.dataset.people)
        .replaceChildren(
          ...items.map((each) => element('option', { value: each.login }, each.name)),
        );
    }
  } catch (e) {
    // The login can still be typed.
  }
};
document.addEventListener('input', (event) => {
  if (event.target.dataset.people) {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(event.target), 200);
  }
});
