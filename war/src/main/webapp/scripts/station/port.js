/*
 * A place where a key is plugged in, or was until its session ended.
 *
 * Phases: examining, ready, running, done, failed, cancelled.
 */
export const nameOf = (key) => `${key.transport} ${key.key}`;

export class Port {
  phase = 'examining';

  /* Whether the key is plugged in. */
  here = true;

  /* The user whom the key is for, and whether that was said by the operator or the inventory. */
  owner = undefined;
  ownerIsFixed = false;

  /* What the key told about itself, and what the inventory has of it. */
  examined = undefined;
  known = undefined;

  /* The last session, and the function that ends following it. */
  session = undefined;
  end = () => {};

  /* Whether the lead has had its chance to begin this key. */
  led = false;

  /* What is shown: the card, and while the key is ready its form, while it runs its progress. */
  card = undefined;
  form = undefined;
  progress = undefined;

  /* A fresh key has come since the lead was begun. */
  constructor(id, key, fresh) {
    this.id = id;
    this.key = key;
    this.fresh = fresh;
  }

  get name() {
    return nameOf(this.key);
  }

  /* The transport and name, as calls name a key. */
  get address() {
    return { transport: this.key.transport, key: this.key.key };
  }

  get isFit() {
    return this.examined.obstacles.length === 0;
  }

  isFor(userId) {
    return this.owner?.id === userId;
  }

  /* The operator, or the inventory, says whose key it is. */
  fixOwner(owner) {
    this.owner = owner;
    this.ownerIsFixed = true;
  }

  forgetOwner() {
    this.owner = undefined;
    this.ownerIsFixed = false;
  }

  /* Whether this operator writes here, or can: not for an owned key, nor at another desk. */
  get isForThoseWhoWait() {
    if (!this.here) {
      return false;
    }
    if (this.session && ['running', 'done'].includes(this.phase)) {
      return this.session.own;
    }
    return Boolean(this.examined && this.isFit && !this.examined.pinSet && !this.known?.ownerId);
  }

  /* Whether the lead begins this key by itself, for the person who was next when it came. */
  get canBeLed() {
    return Boolean(this.owner && !this.ownerIsFixed && !this.examined.pinSet);
  }
}
