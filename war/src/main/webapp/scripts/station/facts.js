/* What is known of a key that was examined, and what is wrong with it. */
import { element, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';

const LOW_ATTEMPTS = 3;

/* Returns lines: whether it is good, the key of the text, its values. A text of the server comes as it is. */
export const factsOf = ({ examined, known }) => {
  const facts = [
    { good: !examined.obstacles.length, key: examined.pinSet ? 'station.has-pin' : 'station.is-new' },
  ];
  if (examined.pinSet && examined.pinAttempts !== undefined) {
    const good = examined.pinAttempts > LOW_ATTEMPTS;
    facts.push({ good, key: 'station.attempts', value: examined.pinAttempts });
  }
  if (examined.room !== undefined) {
    facts.push({ good: examined.room > 0, key: 'station.room', value: examined.room });
  }
  if (known) {
    facts.push({ good: true, key: 'station.known', value: known.assetTag || known.serialNumber || known.id });
  }
  return [...facts, ...examined.obstacles.map(({ text }) => ({ good: false, text }))];
};

const line = ({ good, key, value, text }) =>
  element(
    'li',
    { class: good ? 'ks-kept' : 'ks-lacking' },
    icon(good ? 'check-circle' : 'exclamation-triangle'),
    text ?? word(key, value),
  );

export const facts = (port) => element('ul', { class: 'ks-rules ks-fit' }, ...factsOf(port).map(line));
