/* Records a key in the inventory before it has an owner. */
import { call } from '../shared/api.js';
import { element, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { tell } from './notices.js';

/* `stocked` is called when the inventory has the key. */
export const stocking = (port, stocked) => {
  const tag = element('input', {
    type: 'text',
    id: `tag-${port.id}`,
    class: 'ks-input',
    autocomplete: 'off',
    maxlength: '64',
  });
  const problem = element('p', { class: 'ks-problem', role: 'alert', hidden: true });
  const form = element(
    'form',
    { class: 'ks-form' },
    problem,
    element('label', { for: tag.id }, word('station.stock-tag')),
    tag,
    element('button', { type: 'submit', class: 'ks-button' }, icon('box'), word('station.stock')),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await call('POST', '/api/keys', { ...port.address, assetTag: tag.value });
      tell(word('station.stocked'));
      stocked();
    } catch (e) {
      problem.hidden = false;
      problem.textContent = e.message;
    }
  });
  return element('details', { class: 'ks-more' }, element('summary', {}, word('station.stock')), form);
};
