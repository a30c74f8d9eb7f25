/* Which rows of a list are chosen: some by their ids, or all that the list's filters find. */
export class Selection {
  #chosen = new Set();
  #all = false;

  get isAll() {
    return this.#all;
  }

  get isEmpty() {
    return !this.#all && this.#chosen.size === 0;
  }

  get size() {
    return this.#chosen.size;
  }

  has(id) {
    return this.#all || this.#chosen.has(id);
  }

  set(ids, on) {
    this.#all = false;
    ids.forEach((id) => this.#chosen[on ? 'add' : 'delete'](id));
  }

  chooseAll() {
    this.#all = true;
  }

  /* With other filters "all" would be others. Single rows stay chosen. */
  forgetAll() {
    this.#all = false;
  }

  clear() {
    this.#all = false;
    this.#chosen.clear();
  }

  /* What the form sends: the ids, or the address whose filters find all rows. */
  value(address) {
    return this.#all ? `all:${address}` : [...this.#chosen].join(',');
  }
}
