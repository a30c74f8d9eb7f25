/* The page of owners of security keys: code, key, PIN, touch, done. */
import { call } from '../shared/api.js';
import { $ } from '../shared/dom.js';
import { follow } from '../shared/stream.js';
import { word } from '../shared/words.js';
import { groupWhileTyping, isRedeemed, remember, takeFromLink } from './code.js';
import { chosenKey, forgetKey, greet, listenToChoice, lookForKeys, stopWatching } from './key.js';
import { askForPin, clearPin, listenToPin, missing, takePin } from './pin.js';
import { busy, fail, showStep } from './steps.js';
import { drawDone, drawWriting, lastEntry } from './writing.js';

const API = '/api/activation';

let owner;
let session;
let endSession = () => {};

const show = (step) => {
  showStep(step);
  if (step !== 'key') {
    stopWatching();
  }
};

const start = () => {
  endSession();
  remember(false);
  owner = undefined;
  session = undefined;
  forgetKey();
  $('code').value = '';
  clearPin();
  fail('');
  show('code');
};

/* When the owner's session is over, the page begins with a code. */
const stumble = (e) => {
  if (e.status === 401) {
    start();
  }
  fail(e.message);
};

const chooseKey = () => {
  show('key');
  lookForKeys(API, stumble);
};

const welcome = () => {
  if (owner.usedUp) {
    start();
    fail(word('activate.used-up'));
    return;
  }
  greet(owner);
  chooseKey();
};

const redeem = async (code) => {
  if (!code.trim()) {
    fail(word('activate.code-needed'));
    $('code').focus();
    return;
  }
  owner = await call('POST', `${API}/redeem`, { code });
  remember(true);
  $('code').value = '';
  welcome();
};

/* After a reload the page goes on with the last session, or with the key. */
const resume = async () => {
  owner = await call('GET', API);
  const [last] = await call('GET', `${API}/key-sessions`);
  if (last && ['RUNNING', 'DONE'].includes(last.state)) {
    attend(last);
  } else {
    welcome();
  }
};

const examine = async () => {
  const { transport, key } = chosenKey();
  const examined = await call('POST', `${API}/examine`, { transport, key });
  if (examined.obstacles.length) {
    fail(examined.obstacles.map((each) => each.text).join(' '));
    return;
  }
  askForPin(examined);
  show('pin');
};

const write = async () => {
  const problem = missing();
  if (problem) {
    fail(problem);
    $('pin').focus();
    return;
  }
  const { transport, key } = chosenKey();
  attend(await call('POST', `${API}/key-sessions`, { transport, key, pin: takePin() }));
};

const attend = (begun) => {
  session = begun;
  show('write');
  progress(begun);
  if (begun.state === 'RUNNING') {
    endSession = follow(`${API}/key-sessions/${begun.id}`, progress, stumble);
  }
};

const progress = (now) => {
  session = now;
  if (now.state === 'RUNNING') {
    drawWriting(now, owner);
  } else if (now.state === 'DONE') {
    drawDone(now, owner);
    show('done');
  } else {
    again(lastEntry(now)?.message.text || word('activate.failed'));
  }
};

/* Written passkeys stay; the others are tried again with the key and the PIN. */
const again = async (message) => {
  try {
    owner = await call('GET', API);
    welcome();
    fail(message);
  } catch (e) {
    stumble(e);
  }
};

const finish = async () => {
  remember(false);
  try {
    await call('DELETE', API);
  } catch (e) {
    // The owner's session is over already.
  }
  start();
};

const onSubmit = (id, work) =>
  $(id).addEventListener('submit', (event) => {
    event.preventDefault();
    busy($(id), work, stumble);
  });

const listen = () => {
  groupWhileTyping();
  listenToChoice();
  listenToPin();
  onSubmit('code-form', () => redeem($('code').value));
  onSubmit('key-form', examine);
  onSubmit('pin-form', write);
  $('other-key').addEventListener('click', () => {
    fail('');
    chooseKey();
  });
  $('cancel').addEventListener('click', () =>
    call('DELETE', `${API}/key-sessions/${session.id}`).catch(stumble),
  );
  $('finish').addEventListener('click', finish);
};

const arrive = () => {
  const redeemed = isRedeemed();
  start();
  const code = takeFromLink();
  if (code) {
    busy($('code-form'), () => redeem(code), stumble);
  } else if (redeemed) {
    remember(true);
    busy($('code-form'), resume, stumble);
  }
};

document.addEventListener('DOMContentLoaded', () => {
  listen();
  arrive();
  window.addEventListener('hashchange', () => {
    if (location.hash.length > 1) {
      arrive();
    }
  });
});
