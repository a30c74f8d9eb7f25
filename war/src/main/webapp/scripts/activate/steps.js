/* The five steps of the page, of which one is shown, and the message above them. */
import { $ } from '../shared/dom.js';

const STEPS = ['code', 'key', 'pin', 'write', 'done'];
const FIRST_FIELD = { code: 'code', pin: 'pin' };

/* Shows a problem, or none. */
export const fail = (message) => {
  $('problem').hidden = !message;
  $('problem').textContent = message || '';
};

/* Shows a step, and puts the focus on its field or title. */
export const showStep = (step) => {
  STEPS.forEach((each) => {
    $(`step-${each}`).hidden = each !== step;
  });
  const at = STEPS.indexOf(step);
  document.querySelectorAll('#steps li').forEach((item, i) => {
    item.classList.toggle('ks-past', i < at || step === 'done');
    if (i === at) {
      item.setAttribute('aria-current', 'step');
    } else {
      item.removeAttribute('aria-current');
    }
  });
  $(FIRST_FIELD[step] || `title-${step}`).focus();
};

/* Runs `work` with the form's button disabled, and passes what goes wrong to `failed`. */
export const busy = async (form, work, failed) => {
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  fail('');
  try {
    await work();
  } catch (e) {
    failed(e);
  } finally {
    button.disabled = false;
  }
};
