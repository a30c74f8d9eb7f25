import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf } from '../../../main/webapp/scripts/station/queue.js';

const ANN = { id: 1 };
const BOB = { id: 2 };
const CARA = { id: 3 };
const chosen = (...ids) => (id) => ids.includes(id);

test('takes those who wait in their order, each for one port', () => {
  const state = { people: [ANN, BOB], everybody: false };
  assert.equal(nextOf(state, chosen()), ANN);
  assert.equal(nextOf(state, chosen(1)), BOB);
  assert.equal(nextOf(state, chosen(1, 2)), undefined);
});

test('takes the preferred user first, until a port is for that user', () => {
  const state = { people: [ANN], preferred: CARA, everybody: false };
  assert.equal(nextOf(state, chosen()), CARA);
  assert.equal(nextOf(state, chosen(3)), ANN);
});

test('takes no one of all users by itself', () => {
  assert.equal(nextOf({ people: [ANN], everybody: true }, chosen()), undefined);
  assert.equal(nextOf({ people: [ANN], preferred: CARA, everybody: true }, chosen()), CARA);
});
