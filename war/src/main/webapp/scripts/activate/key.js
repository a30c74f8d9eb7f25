/* The step in which the owner plugs in the key. */
import { $, element, icon } from '../shared/dom.js';
import { watch } from '../shared/stream.js';
import { word } from '../shared/words.js';

let keys = [];
let chosen;
let end = () => {};

const nameOf = (key) => `${key.transport} ${key.key}`;

/* The chosen key if it is still there, or the first one. */
export const choose = (now, before) =>
  now.find((key) => before && nameOf(key) === nameOf(before)) || now[0];

/* The keys that were not there before. */
export const arrivals = (now, before) => {
  const known = before.map(nameOf);
  return now.filter((key) => !known.includes(nameOf(key)));
};

/* The key that the owner has chosen; undefined without a key. */
export const chosenKey = () => chosen;

export const forgetKey = () => {
  chosen = undefined;
};

const waiting = (passkey) =>
  element(
    'li',
    {},
    icon('verified'),
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, passkey.integration),
      passkey.problem ? element('span', { class: 'ks-hint' }, passkey.problem.text) : null,
    ),
  );

/* Greets the owner, and says which passkeys wait. */
export const greet = (owner) => {
  $('title-key').textContent = word('activate.hello', owner.name);
  $('promise').textContent = word(owner.passkeys.length ? 'activate.promise' : 'activate.promise-none');
  $('waiting').replaceChildren(...owner.passkeys.map(waiting));
};

const details = (key) =>
  [key.location, key.serialNumber && word('activate.serial', key.serialNumber)].filter(Boolean).join(' · ');

const option = (key, i) =>
  element(
    'label',
    { class: 'ks-option', for: `key-${i}` },
    element('input', {
      type: 'radio',
      name: 'key',
      id: `key-${i}`,
      value: String(i),
      checked: key === chosen,
    }),
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, key.product || word('activate.unnamed-key')),
      element('span', { class: 'ks-hint' }, details(key)),
    ),
  );

const tellNews = (now, before) => {
  const [arrived] = arrivals(now, before);
  if (arrived) {
    $('key-news').textContent = word('activate.found', arrived.product);
    if (!document.activeElement || document.activeElement === $('title-key')) {
      $('key-form').querySelector('button').focus();
    }
  } else if (before.length > now.length) {
    $('key-news').textContent = word('activate.gone');
  }
};

const plugged = (look) => {
  const before = keys;
  keys = look.keys;
  chosen = choose(keys, chosen);
  $('others').hidden = !look.others;
  $('others').textContent = word('activate.others', look.others);
  $('no-key').hidden = keys.length > 0;
  $('key-form').hidden = keys.length === 0;
  $('keys').replaceChildren(...keys.map(option));
  tellNews(keys, before);
};

/* Follows what is plugged in, until `stopWatching`. */
export const watchKeys = (path, failed) => {
  end();
  end = watch(path, plugged, failed);
};

export const stopWatching = () => end();

export const listenToChoice = () =>
  $('keys').addEventListener('change', (event) => {
    chosen = keys[Number(event.target.value)];
  });
