import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ALL, isAt, Place, SERVER } from '../../../main/webapp/scripts/station/place.js';

const HERE = { transport: 'usb', key: '1' };
const AT_5 = { transport: 'station', key: '5:usb:1', station: 5 };
const DESK = { id: 5, name: 'Desk', site: '', serves: 'OPERATORS', connected: true, problems: {} };

const storage = () => {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
};

let select;

beforeEach(() => {
  globalThis.document = {
    createElement: () => ({ append() {}, setAttribute() {} }),
    querySelectorAll: () => [],
  };
  select = {
    parentElement: { hidden: false },
    children: [],
    addEventListener: (name, listener) => {
      select.change = listener;
    },
    replaceChildren: (...children) => {
      select.children = children;
    },
  };
});

test('tells where a key is', () => {
  assert.deepEqual([SERVER, '5', '6', ALL].map((place) => isAt(place, HERE)), [true, false, false, true]);
  assert.deepEqual([SERVER, '5', '6', ALL].map((place) => isAt(place, AT_5)), [false, true, false, true]);
});

test('shows the ports of the server until another place is chosen', () => {
  const place = new Place(select, storage(), () => {});
  place.offer([DESK]);

  assert.equal(place.shows(HERE), true);
  assert.equal(place.shows(AT_5), false);
  assert.equal(select.children.length, 3);
});

test('remembers the choice, and tells of it', () => {
  const kept = storage();
  let changes = 0;
  const place = new Place(select, kept, () => {
    changes += 1;
  });
  place.offer([DESK]);
  select.value = '5';
  select.change();

  assert.equal(changes, 1);
  assert.equal(place.shows(AT_5), true);
  const later = new Place(select, kept, () => {});
  later.offer([DESK]);
  assert.equal(later.chosen, '5');
});

test('forgets a station that is revoked or serves owners alone', () => {
  const kept = storage();
  kept.setItem('keysmith.place', '5');
  const place = new Place(select, kept, () => {});

  place.offer([{ ...DESK, revoked: '2026-01-01T00:00:00Z' }]);
  assert.equal(place.chosen, SERVER);
  assert.equal(select.parentElement.hidden, true);
  place.offer([{ ...DESK, serves: 'OWNERS' }]);
  assert.equal(place.chosen, SERVER);
});

test('says what is wrong at the chosen station', () => {
  const kept = storage();
  kept.setItem('keysmith.place', '5');
  const place = new Place(select, kept, () => {});

  place.offer([{ ...DESK, problems: { usb: 'No access.' } }]);
  assert.deepEqual(place.problems([]), ['Desk, usb: No access.']);
  place.offer([{ ...DESK, connected: false }]);
  assert.deepEqual(place.problems([]), ['station.place-away']);
  assert.deepEqual(place.problems([AT_5]), [], 'it has connected since');
  kept.setItem('keysmith.place', ALL);
  assert.deepEqual(place.problems([]), []);
});
