/* What ceremonies share: calls of the server, and what the page says. WEB-INF/panel/ceremony.xhtml has the texts. */
import { csrf } from '../shared/api.js';

export const words = () => document.getElementById('ceremony').dataset;

export const say = (message, failed) => {
  const place = document.querySelector('#ceremony .ks-ceremony');
  place.textContent = message;
  place.classList.toggle('ks-failed', failed);
  place.hidden = !message;
};

export const post = async (path, body) => {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Keysmith-Csrf': csrf(),
      },
      body: JSON.stringify(body),
    });
  } catch (e) {
    throw new Error(words().unreachable);
  }
  let answer;
  try {
    answer = await response.json();
  } catch (e) {
    throw new Error(words().unreachable);
  }
  if (!response.ok) {
    throw Object.assign(new Error(answer.detail), { code: answer.code });
  }
  return answer;
};

/* The text of what went wrong, of the browser or of the server. */
export const problem = (e) => {
  switch (e.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return words().cancelled;
    case 'InvalidStateError':
      return words().known;
    case 'SecurityError':
      return words().address;
    case 'NotSupportedError':
      return words().unsupported;
    default:
      return e.message;
  }
};
