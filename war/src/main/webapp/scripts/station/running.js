/* The progress of a session on the card of its key. */
import { button, element, icon } from '../shared/dom.js';
import { word } from '../shared/words.js';
import { duration, seconds } from './pace.js';

const STEPS = ['EXAMINE', 'PIN', 'ACTIVATE', 'ENROL'];

const WAITS = 'pi pi-spin pi-spinner ks-scene-icon';
const TOUCH = 'pi pi-key ks-scene-icon';

const stages = (step) => {
  const at = STEPS.indexOf(step);
  return STEPS.map((each, i) =>
    element(
      'li',
      { class: i < at ? 'ks-past' : '', 'aria-current': i === at ? 'step' : null },
      word(`station.stage-${each.toLowerCase()}`),
    ),
  );
};

export class Running {
  constructor(port, cancel) {
    this.steps = element('ol', { class: 'ks-stages' });
    this.text = element('p', { class: 'ks-strong' });
    this.clock = element('span', { class: 'ks-hint', 'aria-hidden': 'true' });
    this.scene = element('div', { class: 'ks-scene' }, icon('spin pi-spinner ks-scene-icon'), this.text, this.clock);
    this.content = [
      port.owner ? element('p', {}, word('station.writing-for', port.owner.name)) : null,
      this.steps,
      this.scene,
      button(word('station.cancel'), cancel, 'ks-quiet'),
    ];
  }

  /* Shows a problem of the connection. */
  say(text) {
    this.text.textContent = text;
  }

  /* Shows the last entry of the session; undefined before the first one. */
  draw(last) {
    const touch = Boolean(last?.touch);
    const step = last ? last.step : STEPS[0];
    this.say(last ? last.message.text : word('station.beginning'));
    this.scene.classList.toggle('ks-scene-touch', touch);
    this.scene.firstChild.className = touch ? TOUCH : WAITS;
    this.steps.hidden = !STEPS.includes(step);
    this.steps.replaceChildren(...stages(step));
  }

  tick(session) {
    this.clock.textContent = duration(seconds(session));
  }
}
