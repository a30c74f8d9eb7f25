/* For pages that talk with the API: words in the viewer's language, calls, streams, key sessions. */
window.keysmith = (() => {
  'use strict';
  const known = new Map();
  const learn = () =>
    document
      .querySelectorAll('#words [data-word]')
      .forEach((each) => known.set(each.dataset.word, each.textContent));

  /* A text of the page with its gaps filled; nothing if the page has none. */
  const find = (key, ...values) => {
    const text = known.get(key);
    return text && text.replace(/\{(\d+)\}/g, (gap, number) => values[number] ?? gap);
  };
  const word = (key, ...values) => find(key, ...values) || key;

  class Problem extends Error {
    constructor(status, problem) {
      super(problem.detail || word(`message.${problem.code}`));
      this.status = status;
      this.code = problem.code;
    }
  }

  const csrf = () => (document.querySelector('meta[name=keysmith-csrf]') || {}).content || '';

  /* A body that is a Blob is a file with CSV; anything else is sent as JSON. */
  const call = async (method, path, body) => {
    const file = body instanceof Blob;
    let response;
    try {
      response = await fetch(path, {
        method,
        headers: {
          Accept: 'application/json',
          ...(csrf() ? { 'X-Keysmith-Csrf': csrf() } : {}),
          ...(body === undefined ? {} : { 'Content-Type': file ? 'text/csv' : 'application/json' }),
        },
        body: body === undefined || file ? body : JSON.stringify(body),
      });
    } catch (e) {
      throw new Problem(0, { code: 'server.unreachable' });
    }
    if (response.status === 204) {
      return null;
    }
    let answer;
    try {
      answer = await response.json();
    } catch (e) {
      throw new Problem(response.status, { code: 'server.unreachable' });
    }
    if (!response.ok) {
      throw new Problem(response.status, answer);
    }
    return answer;
  };

  /*
   * Tells of each state of something that the server streams; where it refuses the stream, asks now
   * and then. Gives a function that ends it.
   */
  const watch = (path, look, failed) => {
    let over = false;
    let timer;
    let stream;
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
        timer = setTimeout(ask, 1500);
      }
    };
    const listen = () => {
      stream = new EventSource(`${path}/events`);
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
    };
    const end = () => {
      over = true;
      clearTimeout(timer);
      if (stream) {
        stream.close();
      }
    };
    listen();
    return end;
  };

  /* Follows a key session until it is over. */
  const follow = (path, look, failed) => {
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

  /* What an entry of a key session says. */
  const said = (entry) => entry.message.text;

  /* Why a security key cannot be used. */
  const obstacle = (each) => each.text;

  /* Rules for a PIN that is chosen, as the server has them: which of them are broken. */
  const broken = (pin, rules) => {
    // As a key will see it: in normal form, the least in characters, the most in bytes.
    const normal = pin.normalize('NFC');
    const signs = Array.from(normal);
    const bytes = new TextEncoder().encode(normal).length;
    const row = (step) =>
      signs.length > 1 &&
      signs.every((sign, i) => {
        if (i === 0) {
          return true;
        }
        const before = signs[i - 1];
        return (
          sign.codePointAt(0) - before.codePointAt(0) === step ||
          (step === 1 ? before === '9' && sign === '0' : before === '0' && sign === '9')
        );
      });
    const repeats = () =>
      [1, 2, 3, 4].some(
        (group) =>
          group <= Math.floor(signs.length / 2) &&
          signs.every((sign, i) => i < group || sign === signs[i - group]),
      );
    return {
      length: signs.length < rules.minLength || signs.length > rules.maxLength || bytes > 63,
      long: signs.length > rules.maxLength || bytes > 63,
      simple: rules.refusesSimple && (row(1) || row(-1) || repeats()),
    };
  };

  /* The first rule that is broken, and whose rule it is. */
  const pinFault = (faults, rules) =>
    faults.long
      ? word('message.key.pin-too-long', rules.maxLength)
      : faults.length
        ? word(`message.key.pin-short-${rules.demandedBy.toLowerCase()}`, rules.minLength)
        : word('message.key.pin-simple');

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (name === 'class') {
        made.className = value;
      } else if (value === true) {
        made.setAttribute(name, '');
      } else if (value !== false && value !== undefined && value !== null) {
        made.setAttribute(name, value);
      }
    });
    made.append(...children.filter((child) => child !== undefined && child !== null));
    return made;
  };

  const icon = (name) => element('span', { class: `pi pi-${name}`, 'aria-hidden': 'true' });

  document.addEventListener('DOMContentLoaded', learn);
  return { word, find, call, watch, follow, said, obstacle, broken, pinFault, element, icon };
})();
