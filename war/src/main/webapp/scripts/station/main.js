/* The station: a card for each key that is plugged in or written, and the users who wait. */
import { call } from '../shared/api.js';
import { watch } from '../shared/stream.js';
import { ports, queue, refresh } from './desk.js';
import * as lead from './lead.js';
import { fail } from './notices.js';
import { count } from './pace.js';
import * as pins from './pins.js';
import { placed, plugged } from './plugging.js';

const REFRESH_MILLIS = 15000;
const STATIONS_MILLIS = 5000;

const tick = () =>
  ports.all.filter((port) => port.phase === 'running').forEach((port) => port.progress.tick(port.session));

const countEarlierSessions = async () => {
  try {
    (await call('GET', '/api/key-sessions')).forEach(count);
  } catch (e) {
    fail(e);
  }
};

const loadStations = async () => {
  try {
    placed(await call('GET', '/api/stations'));
  } catch (e) {
    fail(e);
  }
};

const begin = async () => {
  queue.listen();
  lead.listen(
    () => queue.next(),
    () => queue.draw(),
  );
  await queue.prefer(new URLSearchParams(location.search).get('user'));
  await queue.load();
  await countEarlierSessions();
  await loadStations();
  watch('/api/station', plugged, fail);
  setInterval(tick, 1000);
  pins.load().catch(fail);
  setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
  setInterval(() => document.hidden || loadStations(), STATIONS_MILLIS);
};

document.addEventListener('DOMContentLoaded', begin);
