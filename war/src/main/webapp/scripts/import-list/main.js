/*
 * A list of users: shows what a file says before it is imported, and sends what was shown. The file
 * is read once, so that what is imported is what was looked at even if it changes meanwhile.
 */
import { call } from '../shared/api.js';
import { $, element } from '../shared/dom.js';
import { word } from '../shared/words.js';

const MOST_BYTES = 16 * 1024 * 1024;
let content = null;
let turn = 0;

const number = (value) => value.toLocaleString(document.documentElement.lang);

const complain = (text) => {
  $('list-problem').textContent = text;
  $('list-problem').hidden = !text;
};

const separator = (sign) =>
  word({ ',': 'import-list.commas', ';': 'import-list.semicolons' }[sign] || 'import-list.tabs');

const columns = (seen) => {
  const count = Math.max(seen.titles.length, ...seen.rows.map((row) => row.length));
  return [...Array(count).keys()];
};

const table = (label, heads, rows) =>
  element(
    'div',
    { class: 'ks-scroll', tabindex: '0', role: 'region', 'aria-label': label },
    element(
      'table',
      { class: 'ks-table' },
      element('caption', { class: 'ks-hidden' }, label),
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
    ),
  );

const firstRows = (seen) => {
  const used = (column) => ({ class: column === seen.column ? 'ks-used' : false });
  const heads = columns(seen).map((column) =>
    element(
      'th',
      { scope: 'col', ...used(column) },
      seen.titles[column] || word('import-list.column', column + 1),
      column === seen.column
        ? element('span', { class: 'ks-chip ks-good' }, word('import-list.used'))
        : undefined,
    ),
  );
  const rows = seen.rows.map((row) =>
    columns(seen).map((column) => element('td', used(column), row[column] ?? '')),
  );
  return [
    element('h3', {}, word('import-list.first-rows')),
    table(word('import-list.first-rows'), heads, rows),
  ];
};

const faults = (seen) => {
  if (!seen.faulty) {
    return [];
  }
  const heads = ['line', 'user', 'why'].map((name) =>
    element('th', { scope: 'col' }, word(`import-list.head-${name}`)),
  );
  const rows = seen.faults.map((each) =>
    [
      number(each.line),
      each.user,
      each.problem.text,
    ].map((text) => element('td', {}, text)),
  );
  const more = seen.faulty - seen.faults.length;
  return [
    element('h3', {}, word('import-list.faults')),
    table(word('import-list.faults'), heads, rows),
    more > 0 ? element('p', { class: 'ks-hint' }, word('import-list.more', number(more))) : '',
  ];
};

const show = (seen) => {
  const guessed = seen.encoding === 'windows-1252';
  const chips = [
    element('span', { class: 'ks-chip ks-good' }, word('import-list.users', number(seen.users))),
  ];
  if (seen.faulty) {
    const text = word('import-list.left-out', number(seen.faulty));
    chips.push(element('span', { class: 'ks-chip ks-warn' }, text));
  }
  $('list-preview').replaceChildren(
    element('p', { class: 'ks-chips ks-apart' }, ...chips),
    element(
      'p',
      { class: 'ks-hint' },
      word('import-list.read-as', seen.encoding, separator(seen.separator)),
      guessed ? ` ${word('import-list.guessed')}` : '',
    ),
    ...firstRows(seen),
    ...faults(seen),
  );
  $('list-preview').hidden = false;
  $('list-said').textContent = chips.map((chip) => chip.textContent).join(', ');
  $('start-list').disabled = seen.users === 0;
};

const forget = () => {
  content = null;
  $('start-list').disabled = true;
  $('list-preview').hidden = true;
  $('list-said').textContent = '';
  complain('');
};

const look = async (file) => {
  const mine = ++turn;
  forget();
  $('list-name').textContent = file.name;
  if (file.size > MOST_BYTES) {
    complain(word('import-list.too-large'));
    return;
  }
  try {
    const read = new Blob([await file.arrayBuffer()]);
    const seen = await call('POST', '/api/imports/list/preview', read);
    if (mine === turn) {
      content = read;
      show(seen);
    }
  } catch (e) {
    if (mine === turn) {
      complain(e.code ? e.message : word('import-list.unreadable'));
    }
  }
};

const start = async () => {
  const { integration, update, run } = $('import-list').dataset;
  $('start-list').disabled = true;
  complain('');
  try {
    const query = new URLSearchParams({ integration, update });
    const made = await call('POST', `/api/imports/list?${query}`, content);
    location.assign(run + made.id);
  } catch (e) {
    complain(e.message);
    $('start-list').disabled = false;
  }
};

document.addEventListener('DOMContentLoaded', () => {
  const input = $('list-file');
  if (!input) {
    return;
  }
  const zone = $('drop-list');
  input.addEventListener('change', () => {
    if (input.files.length) {
      look(input.files[0]);
      input.value = '';
    }
  });
  ['dragenter', 'dragover'].forEach((sign) =>
    zone.addEventListener(sign, (event) => {
      event.preventDefault();
      zone.classList.add('ks-over');
    }),
  );
  zone.addEventListener('dragleave', () => zone.classList.remove('ks-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('ks-over');
    if (event.dataTransfer.files.length) {
      look(event.dataTransfer.files[0]);
    }
  });
  $('start-list').addEventListener('click', start);
});
