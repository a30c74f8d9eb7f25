/* How long a key takes, and how long those who wait will take. */
import { $ } from '../shared/dom.js';
import { word } from '../shared/words.js';

const times = [];

/* How long a session has taken until now, or until its end. */
export const seconds = (session, now = new Date()) =>
  (Date.parse(session.ended || now.toISOString()) - Date.parse(session.started)) / 1000;

/* Seconds as text: minutes from one and a half on. */
export const duration = (amount) =>
  amount < 90
    ? word('station.seconds', Math.round(amount))
    : word('station.minutes', Math.round(amount / 60));

/* The mean time of a key, and the time for all who wait; undefined before the first key. */
export const forecast = (taken, waiting, width) => {
  if (!taken.length) {
    return undefined;
  }
  const each = taken.reduce((sum, time) => sum + time, 0) / taken.length;
  return { each, all: (each * waiting) / width };
};

/* Counts a session that this operator has brought to its end. */
export const count = (session) => {
  if (session.state === 'DONE' && session.userId && session.own) {
    times.push(seconds(session));
  }
};

/* Shows the pace; `waiting` is 0 where it would say nothing. */
export const drawPace = (waiting, width) => {
  const expected = forecast(times, waiting, width);
  if (!expected) {
    $('pace').textContent = word('station.no-pace');
  } else if (!waiting) {
    $('pace').textContent = word('station.pace-alone', duration(expected.each));
  } else {
    $('pace').textContent = word('station.pace', duration(expected.each), duration(expected.all));
  }
};
