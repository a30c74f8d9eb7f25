/* Dialogs that ask before an act, and the buttons that lead to them. */
import { press } from '../panel/press.js';

/* Each opening begins with empty forms, and without the faults of the last one. */
const empty = (dialog) => {
  dialog.querySelectorAll('form').forEach((form) => form.reset());
  dialog.querySelectorAll('.ui-message').forEach((it) => it.replaceChildren());
  dialog.querySelectorAll('.ui-state-error').forEach((it) => it.classList.remove('ui-state-error'));
  dialog.querySelector('.ks-told')?.remove();
};

/* Says which row it is about. */
const fill = (dialog, about) => {
  const value = dialog.querySelector('[data-for-value]');
  if (value && about.value) {
    value.value = about.value;
  }
  ['value', 'name', 'state'].forEach((each) => {
    dialog.dataset[each] = about[each] || '';
  });
  dialog.querySelectorAll('[data-for-name]').forEach((it) => {
    it.textContent = about.name || '';
  });
  dialog.querySelectorAll('[data-fill]').forEach((field) => {
    field.value = about[`fill${field.dataset.fill}`] ?? '';
  });
};

/* Opens the dialog of a button. A button inside a dialog hands on the row of that dialog. */
export const ask = (button) => {
  const outer = button.closest('dialog');
  const dialog = document.getElementById(button.dataset.ask);
  empty(dialog);
  fill(dialog, outer?.dataset || button.dataset);
  const drop = button.closest('details');
  // The button may be hidden or replaced when the dialog closes, so its id is kept.
  dialog.dataset.opener = outer?.dataset.opener || drop?.querySelector('summary').id || button.id;
  drop?.removeAttribute('open');
  outer?.close();
  dialog.showModal();
};

/* Browsers give the focus back only to a button that is still there and can be seen. */
export const giveBack = (dialog) => {
  const focused = document.activeElement;
  if (
    dialog.dataset.opener &&
    !document.querySelector('dialog[open]') &&
    (!focused || focused === document.body || focused.closest('dialog'))
  ) {
    document.getElementById(dialog.dataset.opener)?.focus({ preventScroll: true });
  }
};

/* Shows the page's problems in the dialog, as the page behind it cannot be read. */
export const tell = (dialog) => {
  dialog.querySelector('.ks-told')?.remove();
  const told = document.createElement('div');
  told.className = 'ks-problem ks-told';
  told.setAttribute('role', 'alert');
  told.textContent = [...document.querySelectorAll('#messages .ks-problem')]
    .map((it) => it.textContent.trim())
    .join(' ');
  if (told.textContent) {
    dialog.querySelector('h2').after(told);
  }
};

/* Presses the hidden button of a form, for the row that `button` belongs to. */
export const act = (button) => {
  const target = document.getElementById(button.dataset.do);
  const value = document.getElementById(button.dataset.do.replace(/:[^:]*$/, ':value'));
  if (value) {
    value.value = button.dataset.value || '';
  }
  button.disabled = true;
  press(target);
};

/* Closes the open menus that do not contain `target`. */
export const closeMenus = (target) =>
  document.querySelectorAll('details.ks-drop[open]').forEach((it) => {
    if (!it.contains(target)) {
      it.open = false;
    }
  });
