/*
 * The place where the owner plugs the key in: a kiosk, or the server itself. The browser of a kiosk
 * remembers it. Where there is a choice, no key is shown before it is made.
 */
import { element } from '../shared/dom.js';
import { word } from '../shared/words.js';

const SERVER = 'server';
const REMEMBERED = 'keysmith.kiosk';

export class Place {
  #part;
  #select;
  #storage;
  #known = undefined;

  constructor(part, select, storage, changed) {
    this.#part = part;
    this.#select = select;
    this.#storage = storage;
    select.onchange = () => {
      storage.setItem(REMEMBERED, select.value);
      changed();
    };
  }

  /* The chosen place; empty while the owner has to choose, and while the chosen kiosk is away. */
  get chosen() {
    const kiosks = this.#known || [];
    const wanted = this.#storage.getItem(REMEMBERED) || (kiosks.length ? '' : SERVER);
    return [SERVER, ...kiosks.map((kiosk) => String(kiosk.id))].includes(wanted) ? wanted : '';
  }

  /* The path of the keys at the chosen place. */
  get path() {
    return this.chosen === SERVER ? 'keys' : `kiosks/${this.chosen}/keys`;
  }

  /* Takes the kiosks that there are; an open list stays open while they are the same. */
  offer(kiosks) {
    if (JSON.stringify(kiosks) === JSON.stringify(this.#known)) {
      return;
    }
    this.#known = kiosks;
    const places = [
      ['', word('activate.place-choose')],
      ...kiosks.map(({ id, name, site }) => [String(id), site ? `${name} (${site})` : name]),
      [SERVER, word('activate.place-server')],
    ];
    this.#select.replaceChildren(
      ...places.map(([value, text]) => element('option', { value, selected: value === this.chosen }, text)),
    );
    this.#part.hidden = kiosks.length === 0 && this.chosen === SERVER;
  }
}
