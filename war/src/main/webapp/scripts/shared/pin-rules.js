/* The rules for a new PIN, as the server has them. */
import { word } from './words.js';

const MOST_BYTES = 63;

const follows = (before, sign, step) =>
  sign.codePointAt(0) - before.codePointAt(0) === step ||
  (step === 1 ? before === '9' && sign === '0' : before === '0' && sign === '9');

const isSequence = (signs, step) =>
  signs.length > 1 && signs.every((sign, i) => i === 0 || follows(signs[i - 1], sign, step));

const repeats = (signs) =>
  [1, 2, 3, 4].some(
    (group) =>
      group <= Math.floor(signs.length / 2) &&
      signs.every((sign, i) => i < group || sign === signs[i - group]),
  );

/* Returns which rules the PIN breaks: `length` (too short or too long), `long`, `simple`. */
export const broken = (pin, rules) => {
  // A key sees the normal form: the minimum counts characters, the maximum bytes.
  const normal = pin.normalize('NFC');
  const signs = Array.from(normal);
  const long = signs.length > rules.maxLength || new TextEncoder().encode(normal).length > MOST_BYTES;
  return {
    length: signs.length < rules.minLength || long,
    long,
    simple: rules.refusesSimple && (isSequence(signs, 1) || isSequence(signs, -1) || repeats(signs)),
  };
};

/* Returns the key and the values of the text that says the first broken rule, and who demands it. */
export const faultOf = (faults, rules) => {
  if (faults.long) {
    return ['message.key.pin-too-long', rules.maxLength];
  }
  return faults.length
    ? [`message.key.pin-short-${rules.demandedBy.toLowerCase()}`, rules.minLength]
    : ['message.key.pin-simple'];
};

export const pinFault = (faults, rules) => word(...faultOf(faults, rules));
