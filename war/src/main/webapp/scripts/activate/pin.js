/* The step in which the owner enters the PIN of the key, or chooses one. */
import { $, element, icon } from '../shared/dom.js';
import { broken, faultOf } from '../shared/pin-rules.js';
import { word } from '../shared/words.js';

let examined;

/* A text of the page with its values, and whether the rule is kept. */
const rule = (kept, ...text) => ({ text, kept });

const choiceRules = (pinRules, pin, again) => {
  const faults = broken(pin, pinRules);
  const rules = [rule(pin !== '' && (!faults.length || faults.long), 'activate.rule-length', pinRules.minLength)];
  if (faults.long) {
    rules.push(rule(false, ...faultOf(faults, pinRules)));
  }
  if (pinRules.refusesSimple) {
    rules.push(rule(pin !== '' && !faults.simple && !faults.length, 'activate.rule-simple'));
  }
  rules.push(rule(pin !== '' && pin === again, 'activate.rule-same'));
  return rules;
};

/* The rules that are shown for what is typed. */
export const rulesFor = (key, pin, again) => {
  if (!key.pinSet) {
    return choiceRules(key.pinRules, pin, again);
  }
  return key.pinAttempts === undefined ? [] : [rule(true, 'activate.attempts', key.pinAttempts)];
};

const draw = ({ text, kept }) =>
  element(
    'li',
    { class: kept ? 'ks-kept' : '' },
    icon(kept ? 'check-circle' : 'circle'),
    word(...text),
    kept ? element('span', { class: 'ks-hidden' }, ` (${word('activate.kept')})`) : null,
  );

/* Shows the rules, and returns whether the PIN keeps them. */
export const judge = () => {
  const rules = rulesFor(examined, $('pin').value, $('again').value);
  $('pin-rules').replaceChildren(...rules.map(draw));
  return rules.every(({ kept }) => kept);
};

const reveal = (open) => {
  $('pin').type = open ? 'text' : 'password';
  $('again').type = $('pin').type;
  $('reveal').setAttribute('aria-pressed', String(open));
};

export const clearPin = () => {
  $('pin').value = '';
  $('again').value = '';
};

/* Asks for the PIN that the key has, or for a new one. */
export const askForPin = (key) => {
  examined = key;
  const has = key.pinSet;
  $('title-pin').textContent = word(has ? 'activate.pin-title' : 'activate.new-pin-title');
  $('pin-lead').textContent = word(has ? 'activate.pin-lead' : 'activate.new-pin-lead');
  $('pin-label').textContent = word(has ? 'activate.pin' : 'activate.new-pin');
  $('again-part').hidden = has;
  clearPin();
  reveal(false);
  judge();
};

/* The text of what is missing; undefined if the PIN can be used. */
export const missing = () => {
  if ($('pin').value && judge()) {
    return undefined;
  }
  return word(examined.pinSet ? 'activate.pin-needed' : 'activate.rules-broken');
};

/* Returns the PIN and empties the fields. */
export const takePin = () => {
  const pin = $('pin').value;
  clearPin();
  return pin;
};

export const listenToPin = () => {
  $('pin').addEventListener('input', judge);
  $('again').addEventListener('input', judge);
  $('reveal').addEventListener('click', () => reveal($('reveal').getAttribute('aria-pressed') !== 'true'));
};
