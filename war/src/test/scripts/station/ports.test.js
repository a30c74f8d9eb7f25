import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ports } from '../../../main/webapp/scripts/station/ports.js';

const key = (name, location = `USB ${name}`) => ({ transport: 'usb', key: name, location });
const NEW = { obstacles: [], pinSet: false };

test('numbers ports, and finds them by their keys', () => {
  const ports = new Ports();
  const first = ports.add(key('1'), false);
  const second = ports.add(key('2'), true);

  assert.deepEqual([first.id, second.id], [1, 2]);
  assert.equal(ports.find(key('2')), second);
  assert.equal(ports.find({ ...key('2'), transport: 'bench' }), undefined);
  ports.remove(first);
  ports.remove(second);
  assert.equal(ports.isEmpty, true);
});

test('finds a key that was replugged while it is written, by its place', () => {
  const ports = new Ports();
  const port = ports.add(key('1', 'left'), false);
  port.phase = 'running';
  assert.equal(ports.find(key('9', 'left')), undefined, 'the first key is still there');

  port.here = false;
  assert.equal(ports.find(key('9', 'right')), undefined);
  assert.equal(ports.find(key('9', 'left')), port);

  ports.rename(port, key('9', 'left'));
  assert.equal(ports.find(key('9', 'left')), port);
  assert.equal(ports.find(key('1', 'elsewhere')), undefined);

  port.here = false;
  port.phase = 'failed';
  assert.equal(ports.find(key('1', 'left')), undefined, 'a session that is over needs no key');
});

test('tells which keys are gone, once', () => {
  const ports = new Ports();
  const gone = ports.add(key('1'), false);
  ports.add(key('2'), false);

  assert.deepEqual(ports.without([key('2')]), [gone]);
  gone.here = false;
  assert.deepEqual(ports.without([key('2')]), []);
});

test('knows for whom a port is, and who is being served', () => {
  const ports = new Ports();
  const port = ports.add(key('1'), false);
  port.owner = { id: 7 };
  port.phase = 'ready';

  assert.equal(ports.isChosen(7), true);
  assert.equal(ports.isChosen(7, port), false);
  assert.equal(ports.isBusyWith(7), false);
  port.phase = 'running';
  assert.equal(ports.isBusyWith(7), true);
});

test('counts the ports at which this operator can write', () => {
  const ports = new Ports();
  assert.equal(ports.width, 1);
  const widths = [
    (port) => (port.examined = NEW),
    (port) => (port.examined = { ...NEW, pinSet: true }),
    (port) => (port.examined = { ...NEW, obstacles: [{ text: 'full' }] }),
    (port) => Object.assign(port, { examined: NEW, known: { ownerId: 3 } }),
    (port) => Object.assign(port, { examined: NEW, here: false }),
    (port) => Object.assign(port, { phase: 'running', session: { own: true } }),
    (port) => Object.assign(port, { phase: 'running', session: { own: false } }),
    () => {},
  ].map((change, i) => {
    change(ports.add(key(String(i)), false));
    return ports.width;
  });

  assert.deepEqual(widths, [1, 1, 1, 1, 1, 2, 2, 2]);
});
