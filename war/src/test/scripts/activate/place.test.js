import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Place } from '../../../main/webapp/scripts/activate/place.js';

const LOBBY = { id: 7, name: 'Lobby', site: 'Bern' };

const storage = () => {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
};

let part;
let select;

beforeEach(() => {
  globalThis.document = {
    createElement: () => ({ append() {}, setAttribute() {} }),
    querySelectorAll: () => [],
  };
  part = {};
  select = {
    replaceChildren: (...children) => {
      select.children = children;
    },
  };
});

test('is the server where there is no kiosk', () => {
  const place = new Place(part, select, storage(), () => {});
  place.offer([]);

  assert.equal(place.path, 'keys');
  assert.equal(part.hidden, true);
});

test('has to be chosen where there is a kiosk, and is remembered', () => {
  const kept = storage();
  let changes = 0;
  const place = new Place(part, select, kept, () => {
    changes += 1;
  });
  place.offer([LOBBY]);
  assert.equal(place.chosen, '');
  assert.equal(part.hidden, false);
  assert.equal(select.children.length, 3);

  select.value = '7';
  select.onchange();
  assert.equal(changes, 1);
  assert.equal(place.path, 'kiosks/7/keys');
  const later = new Place(part, select, kept, () => {});
  later.offer([LOBBY]);
  assert.equal(later.chosen, '7');
});

test('has to be chosen anew when its kiosk is away', () => {
  const kept = storage();
  kept.setItem('keysmith.kiosk', '9');
  const place = new Place(part, select, kept, () => {});
  place.offer([LOBBY]);
  assert.equal(place.chosen, '');

  place.offer([]);
  assert.equal(place.chosen, '', 'the keys at the server are not shown instead');
  assert.equal(part.hidden, false);
});
