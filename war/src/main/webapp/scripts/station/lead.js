/*
 * Leads from one person to the next: says who is next, and begins nothing before the operator has
 * confirmed the first one. The server holds the rule: of keys that were there before, it takes none.
 */
import { call } from '../shared/api.js';
import { $ } from '../shared/dom.js';
import { word } from '../shared/words.js';

let begun = false;
let next = () => undefined;

const problem = (e) => {
  $('lead-problem').hidden = !e;
  $('lead-problem').textContent = e ? e.message : '';
};

export const isWanted = () => $('lead').checked;
export const hasBegun = () => begun;

const say = (text) => {
  if ($('lead-next').textContent !== text) {
    $('lead-next').textContent = text;
  }
};

/* Who is next may have changed. */
export const update = () => {
  $('lead-panel').hidden = !isWanted();
  if (!isWanted()) {
    return;
  }
  const person = next();
  $('lead-begin').hidden = begun || !person;
  if (!person) {
    say(word('station.lead-none'));
    return;
  }
  say(word(begun ? 'station.lead-next' : 'station.lead-first', person.name, person.login));
  $('lead-begin').textContent = word('station.lead-begin', person.name);
};

const begin = async () => {
  const person = next();
  problem();
  if (!person) {
    return;
  }
  $('lead-begin').disabled = true;
  try {
    await call('PUT', '/api/station/lead', { userId: person.id });
    begun = isWanted();
    $('lead-next').focus();
  } catch (e) {
    problem(e);
  } finally {
    $('lead-begin').disabled = false;
    update();
  }
};

const end = () => {
  const had = begun;
  begun = false;
  problem();
  update();
  if (had) {
    call('DELETE', '/api/station/lead').catch(problem);
  }
};

/* The server leads no more, for instance after a long pause. */
export const lost = (e) => {
  begun = false;
  $('lead').checked = false;
  update();
  $('lead-panel').hidden = false;
  $('lead-begin').hidden = true;
  say('');
  problem(e);
};

export const listen = (who, changed) => {
  next = who;
  $('lead').checked = false;
  $('lead').addEventListener('change', () => {
    if (isWanted()) {
      problem();
      update();
    } else {
      end();
    }
    changed();
  });
  $('lead-begin').addEventListener('click', begin);
};
