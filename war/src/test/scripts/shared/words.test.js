import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '../../../main/webapp/scripts/shared/words.js';

test('fills gaps by their number, also zero and more than once', () => {
  assert.equal(fill('{1} of {0}, {1}', [7, 0]), '0 of 7, 0');
});

test('leaves a gap without a value', () => {
  assert.equal(fill('{0} and {1}', ['one']), 'one and {1}');
});

test('does not fill what a value contains', () => {
  assert.equal(fill('{0}', ['{0} {1}']), '{0} {1}');
});
