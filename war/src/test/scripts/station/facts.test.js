import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../../../main/webapp/scripts/station/facts.js';

test('says of a new key that it is new, and what fits', () => {
  assert.deepEqual(factsOf({ examined: { obstacles: [], pinSet: false, room: 25 } }), [
    { good: true, key: 'station.is-new' },
    { good: true, key: 'station.room', value: 25 },
  ]);
});

test('warns of few attempts and of a full key, and repeats the obstacles', () => {
  const examined = { obstacles: [{ text: 'Full.' }], pinSet: true, pinAttempts: 3, room: 0 };
  assert.deepEqual(factsOf({ examined, known: { id: 5, serialNumber: 'S5' } }), [
    { good: false, key: 'station.has-pin' },
    { good: false, key: 'station.attempts', value: 3 },
    { good: false, key: 'station.room', value: 0 },
    { good: true, key: 'station.known', value: 'S5' },
    { good: false, text: 'Full.' },
  ]);
});
