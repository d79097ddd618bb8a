// Calls the API as the admin, by the session; without one, it asks for the admin's token first.
import { ask } from './dialogs.js';

const SESSION = '/api/v1/session';
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const TOO_MANY = 429;

/**
 * An error response of the API. Its message is for the reader, its detail, in English, names the field that is wrong.
 */
export class ApiError extends Error {
  constructor(message, detail = '') {
    super(message);
    this.detail = detail;
  }
}

const words = () => document.getElementById('token-dialog').dataset;

let session = null;

/**
 * @returns the JSON of the response, null for an empty response, or undefined if the reader did not sign in
 * @throws ApiError
 */
export async function call(method, path, body) {
  for (let tries = 0; ; tries++) {
    session ??= await read(SESSION);
    if (session.role !== 'admin' && !await signIn()) return undefined;
    const answer = await send(method, path, body);
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const sessionMayHaveEnded = answer.status === UNAUTHORIZED || answer.status === FORBIDDEN;
    if (!sessionMayHaveEnded || tries > 0) throw await error(answer);
    session = null; // signed out in another tab, or expired
  }
}

/** Reads without signing in. */
export async function read(path) {
  const answer = await orUnreachable(fetch(path));
  if (!answer.ok) throw await error(answer);
  return answer.json();
}

/** @returns whether there is an admin session now */
async function signIn() {
  let problem = '';
  for (;;) {
    const token = await askForToken(problem);
    if (!token) return false;
    const answer = await send('POST', SESSION, { token });
    if (answer.ok) {
      session = await answer.json();
      if (session.role === 'admin') return true;
      problem = words().readsOnly;
    } else {
      const rejection = await error(answer);
      if (answer.status !== UNAUTHORIZED && answer.status !== TOO_MANY) throw rejection;
      problem = rejection.message;
    }
  }
}

function send(method, path, body) {
  return orUnreachable(fetch(path, {
    method,
    headers: {
      'Accept-Language': document.documentElement.lang,
      ...(session?.csrfToken && { 'X-CSRF-Token': session.csrfToken }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  }));
}

async function orUnreachable(response) {
  try {
    return await response;
  } catch {
    throw new ApiError(words().unreachable);
  }
}

/** The API answers in the page's language, or else in English. */
async function error(answer) {
  const { detail } = await answer.json().catch(() => ({}));
  const language = answer.headers.get('Content-Language') ?? 'en';
  const readable = detail && language === document.documentElement.lang;
  return new ApiError(readable ? detail : words().rejected, detail);
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
