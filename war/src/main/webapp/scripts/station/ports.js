/* The ports of the desk, by the names of their keys. */
import { nameOf, Port } from './port.js';

export class Ports {
  #ports = new Map();
  #number = 0;

  get all() {
    return [...this.#ports.values()];
  }

  get isEmpty() {
    return this.#ports.size === 0;
  }

  add(key, fresh) {
    const port = new Port(++this.#number, key, fresh);
    this.#ports.set(port.name, port);
    return port;
  }

  remove(port) {
    this.#ports.delete(port.name);
  }

  /* The port of a key, also of one that was replugged while it is written and so has another name. */
  find(key) {
    return this.#ports.get(nameOf(key)) || this.all.find((port) => isReplugged(port, key));
  }

  /* The key of a port is back, perhaps by another name. */
  rename(port, key) {
    if (port.name === nameOf(key)) {
      return;
    }
    this.remove(port);
    port.key = key;
    this.#ports.set(port.name, port);
  }

  /* The ports whose keys are not among these. */
  without(keys) {
    const names = new Set(keys.map(nameOf));
    return this.all.filter((port) => port.here && !names.has(port.name));
  }

  isBusyWith(userId) {
    return this.all.some((port) => port.isFor(userId) && port.phase !== 'ready');
  }

  /* Whether another port than `but` is for this user. */
  isChosen(userId, but) {
    return this.all.some((port) => port !== but && port.isFor(userId));
  }

  /* How many users can be served at the same time, one at least. */
  get width() {
    return Math.max(1, this.all.filter((port) => port.isForThoseWhoWait).length);
  }
}

const isReplugged = (port, key) =>
  !port.here &&
  port.key.transport === key.transport &&
  port.key.location === key.location &&
  port.phase === 'running';
