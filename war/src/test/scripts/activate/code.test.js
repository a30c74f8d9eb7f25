import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped } from '../../../main/webapp/scripts/activate/code.js';

test('writes a code in groups of four', () => {
  assert.equal(grouped('abcd efgh'), 'ABCD-EFGH');
  assert.equal(grouped('abcde'), 'ABCD-E');
  assert.equal(grouped(''), '');
});

test('ends after twelve characters', () => {
  assert.equal(grouped('ABCD-EFGH-JKMN-PQRS'), 'ABCD-EFGH-JKMN');
});
