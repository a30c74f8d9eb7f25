import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Selection } from '../../../main/webapp/scripts/live/selection.js';

test('holds the rows that are ticked, on all pages of the list', () => {
  const selection = new Selection();
  selection.set(['1', '2'], true);
  selection.set(['7'], true);
  selection.set(['2'], false);

  assert.equal(selection.value('/panel/users'), '1,7');
  assert.equal(selection.size, 2);
  assert.equal(selection.has('7'), true);
  assert.equal(selection.has('2'), false);
});

test('sends the address when all rows are chosen', () => {
  const selection = new Selection();
  selection.chooseAll();

  assert.equal(selection.has('99'), true);
  assert.equal(selection.isEmpty, false);
  assert.equal(selection.value('/panel/users?group=3'), 'all:/panel/users?group=3');
});

test('is no longer all once single rows are ticked or other filters apply', () => {
  const selection = new Selection();
  selection.chooseAll();
  selection.set(['1', '3'], true);
  assert.equal(selection.value('/'), '1,3');

  selection.chooseAll();
  selection.forgetAll();
  assert.equal(selection.value('/'), '1,3');
});

test('is empty after an act', () => {
  const selection = new Selection();
  selection.set(['1'], true);
  selection.chooseAll();
  selection.clear();

  assert.equal(selection.isEmpty, true);
  assert.equal(selection.value('/'), '');
});
