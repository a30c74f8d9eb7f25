/* Calls of the REST API. */
import { word } from './words.js';

/* A refusal by the server. Status 0 means that the server did not answer. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail || word(`message.${problem.code}`));
    this.status = status;
    this.code = problem.code;
  }
}

export const csrf = () => document.querySelector('meta[name=keysmith-csrf]')?.content || '';

const headers = (body, token) => ({
  Accept: 'application/json',
  ...(token ? { 'X-Keysmith-Csrf': token } : {}),
  ...(body === undefined ? {} : { 'Content-Type': body instanceof Blob ? 'text/csv' : 'application/json' }),
});

/* Returns the JSON of the answer. A body that is a Blob is a file with CSV; any other is sent as JSON. */
export const call = async (method, path, body) => {
  const raw = body === undefined || body instanceof Blob;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: headers(body, csrf()),
      body: raw ? body : JSON.stringify(body),
    });
  } catch (e) {
    throw new Problem(0, { code: 'server.unreachable' });
  }
  if (response.status === 204) {
    return null;
  }
  let answer;
  try {
    answer = await response.json();
  } catch (e) {
    throw new Problem(response.status, { code: 'server.unreachable' });
  }
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  return answer;
};
