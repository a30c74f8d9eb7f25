/* Event streams of the REST API. */
import { call } from './api.js';

const POLL_MILLIS = 1500;

/*
 * Passes each state that the server streams to `look`. Polls where the server refuses the stream.
 * Returns a function that ends it.
 */
export const watch = (path, look, failed) => {
  let over = false;
  let timer;
  const ask = async () => {
    try {
      const state = await call('GET', path);
      if (!over) {
        look(state);
      }
    } catch (e) {
      if (!over) {
        failed(e);
      }
    }
    if (!over) {
      timer = setTimeout(ask, POLL_MILLIS);
    }
  };
  const stream = new EventSource(`${path}/events`);
  stream.addEventListener('progress', (event) => {
    if (!over) {
      look(JSON.parse(event.data));
    }
  });
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED && !over) {
      ask();
    }
  });
  return () => {
    over = true;
    clearTimeout(timer);
    stream.close();
  };
};

/* Follows a key session until it is over. Returns a function that ends it earlier. */
export const follow = (path, look, failed) => {
  const end = watch(
    path,
    (session) => {
      if (session.state !== 'RUNNING') {
        end();
      }
      look(session);
    },
    (e) => {
      if (e.status === 404 || e.status === 401) {
        end();
      }
      failed(e);
    },
  );
  return end;
};
