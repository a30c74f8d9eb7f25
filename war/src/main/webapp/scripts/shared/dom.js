/* Builds elements. Texts become text nodes, never markup. */

export const $ = (id) => document.getElementById(id);

/* An attribute that is true is set without a value; one that is false, undefined or null is left out. */
export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => {
    if (name === 'class') {
      made.className = value;
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== undefined && value !== null) {
      made.setAttribute(name, value);
    }
  });
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
};

export const icon = (name) => element('span', { class: `pi pi-${name}`, 'aria-hidden': 'true' });

export const hint = (text) => element('p', { class: 'ks-hint' }, text);

export const alert = (text) => element('p', { class: 'ks-problem', role: 'alert' }, text);

/* A button with a text, and an icon before it if `sign` names one. */
export const button = (text, act, look = '', sign = undefined) => {
  const made = element('button', { type: 'button', class: `ks-button ${look}` });
  made.append(...(sign ? [icon(sign), ' ', text] : [text]));
  made.addEventListener('click', act);
  return made;
};
