// Asks the API in the admin's name. The token is asked for once, and kept in this tab alone.
import { ask } from './dialogs.js';

const KEY = 'detak.token';
const UNAUTHORIZED = 401;

/** What the API answered, where it refused; its message is what a person should read. */
export class Refused extends Error {}

/**
 * @returns the answer's JSON, or null where it has none, or undefined where the token was asked for in vain
 * @throws Refused
 */
export async function call(method, path, body) {
  let problem = '';
  for (;;) {
    const token = sessionStorage.getItem(KEY) ?? await askForToken(problem);
    if (!token) return undefined;
    const answer = await send(method, path, body, token);
    if (answer.ok) {
      sessionStorage.setItem(KEY, token);
      return answer.status === 204 ? null : answer.json();
    }
    problem = await detail(answer);
    if (answer.status !== UNAUTHORIZED) {
      sessionStorage.setItem(KEY, token);
      throw new Refused(problem);
    }
    sessionStorage.removeItem(KEY);
  }
}

/** What anybody may read. */
export async function read(path) {
  let answer;
  try {
    answer = await fetch(path);
  } catch {
    throw new Refused(unreachable());
  }
  if (!answer.ok) throw new Refused(await detail(answer));
  return answer.json();
}

async function send(method, path, body, token) {
  try {
    return await fetch(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Refused(unreachable()); // also a token that no header can hold
  }
}

async function detail(answer) {
  try {
    const problem = await answer.json();
    return problem.detail || problem.title || `HTTP ${answer.status}`;
  } catch {
    return `HTTP ${answer.status}`;
  }
}

async function askForToken(problem) {
  const field = document.getElementById('token');
  const notice = document.getElementById('token-problem');
  notice.textContent = problem;
  notice.hidden = !problem;
  const given = await ask(document.getElementById('token-dialog'), field);
  const token = field.value.trim();
  field.value = '';
  return given ? token : null;
}

function unreachable() {
  return document.getElementById('token-dialog').dataset.unreachable;
}
