/* Brings #live up to date: when an address is opened, by events, and by asking now and then. */
import { busy, fetched, idle, live, lost, replace } from './part.js';
import { draw } from './selection-bar.js';

/* After this time without a key or pointer nothing is asked, so that the session can end. */
const REST_MILLIS = 10 * 60 * 1000;
const RETRY_MILLIS = 5000;
const EVENTS_MILLIS = 300;

let turn = 0;
let timer = 0;
let stream = null;
let seen = Date.now();

const again = (millis) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (document.hidden || Date.now() - seen > REST_MILLIS) {
      again(millis);
    } else {
      show(location.href, true);
    }
  }, millis);
};

const follow = (events) => {
  let due = 0;
  stream = new EventSource(events);
  stream.addEventListener('progress', () => {
    due ||= setTimeout(() => {
      due = 0;
      show(location.href, true);
    }, EVENTS_MILLIS);
  });
};

/* Follows work under way by its events, and asks now and then where the part says so. */
export const next = () => {
  clearTimeout(timer);
  const { again: millis, events } = live().dataset;
  if (events && !stream) {
    follow(events);
  } else if (!events && stream) {
    stream.close();
    stream = null;
  }
  if (millis) {
    again(Number(millis));
  }
};

const failed = () => {
  idle();
  lost(true);
  again(RETRY_MILLIS);
};

/* Shows the part at an address. A quiet request does not keep the session alive. */
export const show = async (address, quiet) => {
  const mine = ++turn;
  if (!quiet) {
    busy();
  }
  let fresh = null;
  try {
    fresh = await fetched(address, quiet);
  } catch (e) {
    if (mine === turn) {
      failed();
    }
    return;
  }
  if (mine !== turn) {
    return;
  }
  if (!fresh) {
    if (!quiet) {
      location.assign(address);
    }
    return;
  }
  lost(false);
  if (replace(fresh)) {
    draw();
  }
  next();
};

/* Shows an address, and puts it into the address bar. */
export const go = (address, replaced) => {
  history[replaced ? 'replaceState' : 'pushState'](null, '', address);
  show(address, false);
};

['pointermove', 'keydown'].forEach((sign) =>
  document.addEventListener(sign, () => {
    seen = Date.now();
  }),
);
