import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast, seconds } from '../../../main/webapp/scripts/station/pace.js';

test('divides the work among the ports', () => {
  assert.deepEqual(forecast([20, 40], 10, 2), { each: 30, all: 150 });
});

test('forecasts nothing before the first key', () => {
  assert.equal(forecast([], 10, 2), undefined);
});

test('measures a session to its end, or until now', () => {
  const started = '2026-01-01T10:00:00Z';
  assert.equal(seconds({ started, ended: '2026-01-01T10:01:30Z' }), 90);
  assert.equal(seconds({ started }, new Date('2026-01-01T10:00:05Z')), 5);
});
