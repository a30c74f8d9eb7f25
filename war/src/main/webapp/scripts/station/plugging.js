/* Keys that are plugged in and pulled out. */
import { call } from '../shared/api.js';
import { $, element } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { add, examine, pace, ports, remove, retry, run } from './desk.js';
import { fail, tell } from './notices.js';
import { Place } from './place.js';
import { userOf } from './queue.js';

/* A card stays without its key while it is written, failed, or has a PIN to show. */
const gone = (port) => {
  tell(word('station.gone', port.key.product));
  port.here = false;
  if (!['running', 'failed'].includes(port.phase) && !port.card.hasPin) {
    remove(port);
  }
};

const back = (port, key) => {
  port.here = true;
  ports.rename(port, key);
  /* A result is read first; the session may have ended before this was heard. */
  if (!['running', 'done'].includes(port.phase) && !port.card.hasPin) {
    retry(port);
  }
};

/* Goes on with a session that was begun before this page was opened. Returns whether there is one. */
const adopt = async (port) => {
  try {
    const { transport, key } = port.address;
    const mine = (await call('GET', '/api/key-sessions')).find(
      (each) => each.transport === transport && each.key === key && each.state === 'RUNNING',
    );
    if (mine) {
      port.owner = mine.userId ? await userOf(mine.userId) : undefined;
      run(port, mine);
    }
    return Boolean(mine);
  } catch (e) {
    fail(e);
    return false;
  }
};

const arrived = async (key) => {
  tell(word('station.arrived', key.product));
  const port = add(key);
  if (!(await adopt(port))) {
    examine(port);
  }
};

/* What is wrong with the server's own transports is of no interest at a station. */
const drawProblems = ({ problems, keys }) => {
  const ofServer = place.shows({}) ? Object.entries(problems || {}).map(([name, text]) => `${name}: ${text}`) : [];
  $('troubles').replaceChildren(
    ...[...ofServer, ...place.problems(keys)].map((text) => element('p', { class: 'ks-problem' }, text)),
  );
};

const drawElsewhere = (count) => {
  $('elsewhere').hidden = count === 0;
  $('elsewhere').textContent = word('station.elsewhere', count);
};

let last = { keys: [] };

export const place = new Place($('place'), localStorage, () => plugged(last));

/* Takes the stations that there are. */
export const placed = (stations) => {
  place.offer(stations);
  plugged(last);
};

/* Takes the state of all transports. */
export const plugged = (look) => {
  last = look;
  const keys = look.keys.filter((key) => place.shows(key));
  drawElsewhere(look.keys.length - keys.length);
  ports.without(keys).forEach(gone);
  keys.forEach((key) => {
    const port = ports.find(key);
    if (!port) {
      arrived(key);
    } else if (!port.here) {
      back(port, key);
    }
  });
  $('nothing').hidden = !ports.isEmpty;
  drawProblems(look);
  pace();
};
