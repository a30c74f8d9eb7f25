import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, text } from '../../../main/webapp/scripts/passkey/webauthn.js';

test('writes and reads base64url without padding', () => {
  const value = Uint8Array.of(251, 255, 254, 0);
  assert.equal(text(value.buffer), '-__-AA');
  assert.deepEqual(bytes('-__-AA'), value);
});
