import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Port } from '../../../main/webapp/scripts/station/port.js';

const port = () => new Port(1, { transport: 'usb', key: '1' }, true);

test('is led for the next user alone, and without a PIN that must be typed', () => {
  const led = port();
  led.examined = { obstacles: [], pinSet: false };
  assert.equal(led.canBeLed, false, 'there is no user');

  led.owner = { id: 7 };
  assert.equal(led.canBeLed, true);
  led.examined.pinSet = true;
  assert.equal(led.canBeLed, false);

  led.examined.pinSet = false;
  led.fixOwner({ id: 8 });
  assert.equal(led.canBeLed, false, 'the operator or the inventory has said whose key it is');
});

test('forgets its owner with who said it', () => {
  const cleared = port();
  cleared.fixOwner({ id: 8 });
  cleared.forgetOwner();

  assert.equal(cleared.isFor(8), false);
  assert.equal(cleared.ownerIsFixed, false);
});
