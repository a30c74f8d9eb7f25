import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesFor } from '../../../main/webapp/scripts/activate/pin.js';

const NEW = {
  pinSet: false,
  pinRules: { minLength: 6, maxLength: 63, refusesSimple: true, demandedBy: 'ORGANISATION' },
};

const kept = (pin, again) =>
  Object.fromEntries(rulesFor(NEW, pin, again).map(({ text: [key], kept: is }) => [key, is]));

test('keeps no rule before a new PIN is typed', () => {
  assert.deepEqual(kept('', ''), {
    'activate.rule-length': false,
    'activate.rule-simple': false,
    'activate.rule-same': false,
  });
});

test('keeps all rules with a good PIN that is repeated', () => {
  assert.equal(Object.values(kept('482913', '482913')).every(Boolean), true);
  assert.equal(kept('482913', '48291')['activate.rule-same'], false);
  assert.equal(kept('123456', '123456')['activate.rule-simple'], false);
});

test('names the maximum only when the PIN is too long', () => {
  const pin = '4829'.repeat(16);
  assert.deepEqual(kept(pin, pin), {
    'activate.rule-length': true,
    'message.key.pin-too-long': false,
    'activate.rule-simple': false,
    'activate.rule-same': true,
  });
});

test('shows the attempts that are left for a PIN that the key has', () => {
  assert.deepEqual(rulesFor({ pinSet: true, pinAttempts: 8 }, 'any', ''), [
    { text: ['activate.attempts', 8], kept: true },
  ]);
  assert.deepEqual(rulesFor({ pinSet: true }, 'any', ''), []);
});
