import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivals, choose } from '../../../main/webapp/scripts/activate/key.js';

const FIRST = { transport: 'usb', key: '1' };
const SECOND = { transport: 'usb', key: '2' };

test('keeps the chosen key while it is plugged in', () => {
  assert.equal(choose([FIRST, SECOND], { ...SECOND }), SECOND);
});

test('chooses the first key when the chosen one is gone, or none was chosen', () => {
  assert.equal(choose([FIRST], SECOND), FIRST);
  assert.equal(choose([FIRST, SECOND], undefined), FIRST);
  assert.equal(choose([], FIRST), undefined);
});

test('finds the keys that have arrived', () => {
  assert.deepEqual(arrivals([FIRST, SECOND], [{ ...FIRST }]), [SECOND]);
  assert.deepEqual(arrivals([FIRST], [FIRST, SECOND]), []);
  assert.deepEqual(arrivals([{ transport: 'bench', key: '1' }], [FIRST]), [{ transport: 'bench', key: '1' }]);
});
