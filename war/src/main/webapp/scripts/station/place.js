/*
 * The place whose security keys are shown: the server's own ports, those of one station, or all. The
 * browser remembers it. Without a choice only the server's ports are shown, so that nothing is
 * written at a desk where the operator is not.
 */
import { element } from '../shared/dom.js';
import { word } from '../shared/words.js';

export const SERVER = 'server';
export const ALL = 'all';
const REMEMBERED = 'keysmith.place';

/* Whether a key is plugged in at a place. */
export const isAt = (place, key) =>
  place === ALL || (place === SERVER ? !key.station : String(key.station) === place);

/* Stations whose keys operators may use. */
const forOperators = (stations) =>
  stations.filter((station) => !station.revoked && ['OPERATORS', 'EVERYONE'].includes(station.serves));

export class Place {
  #select;
  #storage;
  #stations = [];

  constructor(select, storage, changed) {
    this.#select = select;
    this.#storage = storage;
    select.addEventListener('change', () => {
      storage.setItem(REMEMBERED, select.value);
      changed();
    });
  }

  /* A station that is not there any more is chosen no longer. */
  get chosen() {
    const wanted = this.#storage.getItem(REMEMBERED) || SERVER;
    const known = [SERVER, ALL, ...this.#stations.map((station) => String(station.id))];
    return known.includes(wanted) ? wanted : SERVER;
  }

  shows(key) {
    return isAt(this.chosen, key);
  }

  /* Takes the stations that there are; without any there is nothing to choose. */
  offer(stations) {
    this.#stations = forOperators(stations);
    const places = [
      [SERVER, word('station.place-server')],
      ...this.#stations.map((station) => [String(station.id), nameOf(station)]),
      [ALL, word('station.place-all')],
    ];
    this.#select.replaceChildren(
      ...places.map(([value, text]) => element('option', { value, selected: value === this.chosen }, text)),
    );
    this.#select.parentElement.hidden = this.#stations.length === 0;
  }

  /* What is wrong at the chosen place, as texts. A station with a key has connected since. */
  problems(keys) {
    return this.#stations
      .filter((station) => this.chosen === ALL || String(station.id) === this.chosen)
      .filter((station) => station.connected || !keys.some((key) => key.station === station.id))
      .flatMap((station) => problemsOf(station, this.chosen === ALL));
  }
}

const nameOf = (station) => (station.site ? `${station.name} (${station.site})` : station.name);

/* Where all places are shown, a station that is away hides nothing that the operator looks for. */
const problemsOf = (station, among) => {
  if (!station.connected) {
    return among ? [] : [word('station.place-away', station.name)];
  }
  return Object.entries(station.problems).map(([transport, text]) => `${station.name}, ${transport}: ${text}`);
};
