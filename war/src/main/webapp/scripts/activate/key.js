/* The step in which the owner plugs in the key. */
import { call } from '../shared/api.js';
import { $, element, icon } from '../shared/dom.js';
import { watch } from '../shared/stream.js';
import { word } from '../shared/words.js';
import { Place } from './place.js';

const KIOSKS_MILLIS = 5000;

let keys = [];
let chosen;
let end = () => {};
let again;

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

/* Where a place must be chosen first, no key is looked for. */
const follow = (place, api, failed) => {
  end();
  end = () => {};
  if (place.chosen) {
    end = watch(`${api}/${place.path}`, plugged, failed);
  } else {
    plugged({ keys: [], others: 0 });
  }
};

export const stopWatching = () => {
  clearInterval(again);
  end();
};

/* Follows what is plugged in at the place that the owner chooses, until `stopWatching`. */
export const lookForKeys = (api, failed) => {
  stopWatching();
  let path;
  const followChosen = () => {
    if (place.path !== path) {
      path = place.path;
      follow(place, api, failed);
    }
  };
  const place = new Place($('place-part'), $('place'), localStorage, followChosen);
  const look = async () => {
    try {
      place.offer(await call('GET', `${api}/kiosks`));
      followChosen();
    } catch (e) {
      failed(e);
    }
  };
  again = setInterval(look, KIOSKS_MILLIS);
  look();
};

export const listenToChoice = () =>
  $('keys').addEventListener('change', (event) => {
    chosen = keys[Number(event.target.value)];
  });
