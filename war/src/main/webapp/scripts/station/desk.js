/* The desk: leads each key from its examination to the end of its session. */
import { call } from '../shared/api.js';
import { $, alert, button, hint } from '../shared/dom.js';
import { follow } from '../shared/stream.js';
import { word } from '../shared/words.js';
import { Card } from './card.js';
import { contents } from './contents.js';
import { done, failed } from './ended.js';
import { facts } from './facts.js';
import * as lead from './lead.js';
import { fail, tell } from './notices.js';
import { count, drawPace } from './pace.js';
import * as pins from './pins.js';
import { Ports } from './ports.js';
import { Queue, userOf } from './queue.js';
import { ReadyForm } from './ready-form.js';
import { Running } from './running.js';
import { stocking } from './stocking.js';

export const ports = new Ports();

/* Each drawing of the queue offers its users at all ports that are ready. */
export const queue = new Queue(ports, () => {
  ports.all.filter((port) => port.phase === 'ready').forEach(offer);
  lead.update();
  pace();
});

export const pace = () => drawPace(queue.waiting, ports.width);

export const refresh = () => {
  queue.load();
  pins.load().catch(fail);
};

const show = (port, phase, look, ...content) => {
  port.phase = phase;
  port.card.show(phase, look, ...content);
};

export const add = (key) => {
  const port = ports.add(key, lead.hasBegun());
  port.card = new Card(port);
  $('cards').append(port.card.root);
  return port;
};

export const remove = (port) => {
  port.end();
  port.card.remove();
  ports.remove(port);
  $('nothing').hidden = !ports.isEmpty;
};

export const examine = async (port) => {
  show(port, 'examining', 'ks-off', hint(word('station.examining')));
  try {
    const { key, known } = await call('POST', '/api/station/examine', port.address);
    port.examined = key;
    port.known = known;
    if (known?.ownerId && !port.owner) {
      port.fixOwner(await userOf(known.ownerId));
    }
    ready(port);
  } catch (e) {
    const again = button(word('station.again'), () => examine(port), 'ks-primary', 'refresh');
    show(port, 'failed', 'ks-bad', alert(e.message), again);
  }
};

const ready = (port) => {
  port.form = port.isFit
    ? new ReadyForm(port, {
        picked: (id) => port.fixOwner(queue.person(id)),
        submitted: () => start(port),
      })
    : undefined;
  show(
    port,
    'ready',
    port.isFit ? 'ks-good' : 'ks-bad',
    facts(port),
    port.form?.root,
    port.key.serialNumber && !port.known ? stocking(port, () => examine(port)) : null,
    contents(port, (session) => {
      port.forgetOwner();
      run(port, session);
    }),
  );
  offer(port);
};

/* Fills the list of users, and keeps the owner if the operator has chosen one. */
const offer = (port) => {
  if (!port.form?.isShown) {
    return;
  }
  if (!port.ownerIsFixed) {
    port.owner = lead.isWanted() && !port.fresh ? undefined : queue.next(port);
  }
  port.form.offer(queue.choicesFor(port), port.owner, queue.left);
  leadOn(port);
};

/*
 * While the desk leads, a key that has come since is begun by itself: for the person who was named
 * as next when it came, or not at all.
 */
const leadOn = (port) => {
  if (!lead.hasBegun() || !port.fresh || port.led || !port.here) {
    return;
  }
  port.led = true;
  if (port.canBeLed) {
    start(port, { led: true });
  }
};

const start = async (port, led = {}) => {
  const { form, owner } = port;
  try {
    const pin = form.take(owner);
    run(port, await call('POST', '/api/key-sessions', { ...port.address, userId: owner.id, ...pin, ...led }));
  } catch (e) {
    if (e.code === 'lead.not-begun') {
      lead.lost(e);
    }
    form.complain(e);
  }
};

/* Follows a session, and shows it on the card of its key. */
export const run = (port, session) => {
  const path = `/api/key-sessions/${session.id}`;
  const view = new Running(port, () => call('DELETE', path).catch((e) => view.say(e.message)));
  port.progress = view;
  show(port, 'running', 'ks-warn', ...view.content);
  progress(port, session);
  port.end = follow(
    path,
    (now) => progress(port, now),
    (e) => view.say(e.message),
  );
  queue.draw();
};

const progress = (port, now) => {
  port.session = now;
  const last = now.entries[now.entries.length - 1];
  if (now.state !== 'RUNNING') {
    end(port, last?.message.text || '');
    return;
  }
  const touch = Boolean(last?.touch);
  if (touch && !port.card.touch) {
    $('touches').textContent = word('station.touch-at', last.message.text, port.key.location);
  }
  port.card.touch = touch;
  port.progress.draw(last);
};

const end = (port, text) => {
  const actions = { retry: () => retry(port), clear: () => clear(port) };
  if (port.session.state === 'DONE') {
    queue.served(port.owner);
    count(port.session);
    show(port, 'done', 'ks-good', ...done(port, text, actions));
    tell(port.owner ? word('station.done-for', port.owner.name) : text);
  } else {
    const cancelled = port.session.state === 'CANCELLED';
    const content = failed(port, text, actions);
    show(port, cancelled ? 'cancelled' : 'failed', cancelled ? 'ks-off' : 'ks-bad', ...content);
  }
  refresh();
};

export const retry = (port) => {
  port.ownerIsFixed = Boolean(port.owner);
  examine(port);
};

/* The key of a card that is cleared can be used for another user. */
const clear = (port) => {
  if (!port.here) {
    remove(port);
    return;
  }
  port.forgetOwner();
  examine(port);
};
