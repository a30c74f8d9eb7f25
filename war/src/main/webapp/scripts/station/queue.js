/* The users who wait for a passkey, or all users. */
import { call } from '../shared/api.js';
import { $, element } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { fail } from './notices.js';

const PAGE = 50;
const MOST = 500;
const TYPING_MILLIS = 200;

export const userOf = async (id) => (await call('GET', `/api/users/${id}`)).user;

/* The first user whom no port is for. Among all users only the preferred one is offered. */
export const nextOf = ({ people, preferred, everybody }, isChosen) => {
  if (preferred && !isChosen(preferred.id)) {
    return preferred;
  }
  return everybody ? undefined : people.find((each) => !isChosen(each.id));
};

export class Queue {
  people = [];
  total = 0;
  #ports;
  #changed;
  #preferred;
  #wanted = PAGE;
  #asked = 0;

  /* `changed` is called after each drawing. */
  constructor(ports, changed) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get #everybody() {
    return $('everybody').checked;
  }

  get #text() {
    return $('search').value.trim();
  }

  /* How many wait, or 0 if all users are shown. */
  get waiting() {
    return this.#everybody ? 0 : this.total;
  }

  /* How many users are not loaded. */
  get left() {
    return this.total - this.people.length;
  }

  /* The user whom the next key is for; `but` is the port that asks. */
  next(but) {
    const state = { people: this.people, preferred: this.#preferred, everybody: this.#everybody };
    return nextOf(state, (id) => this.#ports.isChosen(id, but));
  }

  person(id) {
    return this.people.find((each) => String(each.id) === id);
  }

  /* Whom a port can be for, its present owner included. */
  choicesFor(port) {
    const choices = this.people.filter((each) => !this.#ports.isChosen(each.id, port));
    if (port.owner && !choices.some((each) => port.isFor(each.id))) {
      choices.unshift(port.owner);
    }
    return choices;
  }

  /* A user from the address goes before all others. */
  async prefer(id) {
    if (!id || !/^\d+$/.test(id)) {
      return;
    }
    try {
      const user = await userOf(id);
      if (user.status === 'LEFT') {
        fail(new Error(word('station.left', user.name)));
      } else {
        this.#preferred = user;
      }
    } catch (e) {
      fail(e);
    }
  }

  served(owner) {
    if (owner && this.#preferred?.id === owner.id) {
      this.#preferred = undefined;
    }
  }

  async load() {
    const mine = ++this.#asked;
    const text = this.#text;
    const query = new URLSearchParams({ limit: String(this.#wanted), sort: 'login' });
    if (!this.#everybody) {
      query.set('passkey', 'ASSIGNED');
    }
    if (text) {
      query.set('text', text);
    }
    try {
      const slice = await call('GET', `/api/users?${query}`);
      if (mine === this.#asked) {
        this.people = slice.items.filter((each) => each.status !== 'LEFT');
        this.total = slice.total - (slice.items.length - this.people.length);
        this.draw();
      }
    } catch (e) {
      fail(e);
    }
  }

  draw() {
    $('queue-title').textContent = word(this.#everybody ? 'station.all' : 'station.waiting');
    $('waiting-count').textContent = String(this.total);
    $('people').replaceChildren(...this.people.map((each) => item(each, this.#ports.isBusyWith(each.id))));
    $('more').hidden = this.left <= 0;
    $('more-button').hidden = this.#wanted >= MOST;
    $('more-text').textContent = word('station.shown', this.people.length, this.total);
    $('none').hidden = this.people.length > 0;
    $('none').textContent = word(this.#text ? 'station.none-found' : 'station.none');
    this.#changed();
  }

  listen() {
    let typing;
    $('search').addEventListener('input', () => {
      this.#wanted = PAGE;
      clearTimeout(typing);
      typing = setTimeout(() => this.load(), TYPING_MILLIS);
    });
    $('everybody').addEventListener('change', () => {
      this.#wanted = PAGE;
      this.load();
    });
    $('more-button').addEventListener('click', () => {
      this.#wanted = Math.min(MOST, this.#wanted + PAGE);
      this.load();
    });
  }
}

const item = (person, busy) =>
  element(
    'li',
    { class: busy ? 'ks-busy' : '' },
    element(
      'span',
      { class: 'ks-list-text' },
      element('span', { class: 'ks-strong' }, person.name),
      element('span', { class: 'ks-hint' }, person.login),
    ),
    busy ? element('span', { class: 'ks-chip ks-warn' }, word('station.now')) : null,
  );
