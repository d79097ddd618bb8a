// Asks the API in the admin's name: by the session of who has signed in, else whoever is there is asked for the token first.
import { ask } from './dialogs.js';

const SESSION = '/api/v1/session';
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const TOO_MANY = 429;

/** What the API answered, where it refused; its message is what a person should read. */
export class Refused extends Error {}

let session = null;

/**
 * @returns the answer's JSON, or null where it has none, or undefined where the token was asked for in vain
 * @throws Refused
 */
export async function call(method, path, body) {
  for (let tries = 0; ; tries++) {
    session ??= await read(SESSION);
    if (session.role !== 'admin' && !await signIn()) return undefined;
    const answer = await send(method, path, body);
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const mayHaveEnded = answer.status === UNAUTHORIZED || answer.status === FORBIDDEN;
    if (!mayHaveEnded || tries > 0) throw new Refused(await detail(answer));
    session = null; // signed out in another tab, or too long ago
  }
}

/** What anybody may read. */
export async function read(path) {
  const answer = await reached(fetch(path));
  if (!answer.ok) throw new Refused(await detail(answer));
  return answer.json();
}

/** @returns whether it came to a session of the admin's */
async function signIn() {
  let problem = '';
  for (;;) {
    const token = await askForToken(problem);
    if (!token) return false;
    const answer = await send('POST', SESSION, { token });
    if (answer.ok) {
      session = await answer.json();
      if (session.role === 'admin') return true;
      problem = document.getElementById('token-dialog').dataset.readsOnly;
    } else {
      problem = await detail(answer);
      if (answer.status !== UNAUTHORIZED && answer.status !== TOO_MANY) throw new Refused(problem);
    }
  }
}

function send(method, path, body) {
  return reached(fetch(path, {
    method,
    headers: { ...(session?.csrfToken && { 'X-CSRF-Token': session.csrfToken }), ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  }));
}

async function reached(answering) {
  try {
    return await answering;
  } catch {
    throw new Refused(document.getElementById('token-dialog').dataset.unreachable);
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
