import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broken } from '../../../main/webapp/scripts/shared/pin-rules.js';

const RULES = { minLength: 4, maxLength: 63, refusesSimple: true };
const KEPT = { length: false, long: false, simple: false };

test('accepts a PIN that keeps all rules', () => {
  assert.deepEqual(broken('482913', RULES), KEPT);
});

test('counts characters for the minimum, and not UTF-16 units', () => {
  assert.equal(broken('\u{1F511}\u{1F512}\u{1F513}', RULES).length, true);
  assert.equal(broken('\u{1F511}\u{1F515}\u{1F510}\u{1F600}', RULES).length, false);
});

test('counts bytes of the normal form for the maximum', () => {
  const decomposed = 'a\u0308'.repeat(31);
  assert.equal(broken(`${decomposed}b`, RULES).long, false);
  assert.equal(broken(`${decomposed}bc`, RULES).long, true);
  assert.equal(broken('a'.repeat(64), RULES).length, true);
});

test('calls sequences and repetitions simple', () => {
  for (const pin of ['1234', '7890', '4321', '0987', 'abcd', '1111', '1212', '123123', '12341234']) {
    assert.equal(broken(pin, RULES).simple, true, pin);
  }
  for (const pin of ['1235', '1221', '12345123', '90123x']) {
    assert.equal(broken(pin, RULES).simple, false, pin);
  }
});

test('accepts simple PINs where the server does', () => {
  assert.deepEqual(broken('1234', { ...RULES, refusesSimple: false }), KEPT);
});
