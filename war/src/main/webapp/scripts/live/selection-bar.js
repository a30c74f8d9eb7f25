/* Draws what is chosen: the boxes of the rows, and the bar with what can be done with them. */
import { live } from './part.js';
import { Selection } from './selection.js';

export const selection = new Selection();

const rows = (more = '') => [...live().querySelectorAll(`input[data-row]${more}`)];
const ids = (boxes) => boxes.map((box) => box.value);

const drawBoxes = () => {
  const boxes = rows();
  boxes.forEach((box) => {
    box.checked = selection.has(box.value);
  });
  const all = live().querySelector('input[data-rows]');
  if (all) {
    all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
  }
};

export const draw = () => {
  const bar = document.getElementById('selection');
  if (!bar) {
    return;
  }
  drawBoxes();
  const total = Number(live().dataset.total);
  const text = selection.isAll
    ? bar.dataset.all.replace('{}', total.toLocaleString(document.documentElement.lang))
    : bar.dataset.many.replace('{}', selection.size);
  bar.hidden = selection.isEmpty;
  bar.querySelector('[data-count]').textContent = text;
  bar.querySelector('[data-choose-all]').hidden = selection.isAll || total <= selection.size;
  document.querySelector('[data-chosen]').value = selection.value(`${location.pathname}${location.search}`);
  document.querySelectorAll('[data-chosen-count]').forEach((it) => {
    it.textContent = text;
  });
};

/* Takes one box of a row. When all are chosen, taking one away leaves those of this page. */
export const changeRow = (box) => {
  if (selection.isAll) {
    selection.set(ids(rows(':checked')), true);
  } else {
    selection.set([box.value], box.checked);
  }
  draw();
};

/* Takes all rows of this page, or none of them. */
export const changeRows = (on) => {
  selection.set(ids(rows()), on);
  draw();
};

export const chooseAll = () => {
  selection.chooseAll();
  draw();
};

export const clear = () => {
  selection.clear();
  draw();
};
