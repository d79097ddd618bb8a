// Signing in, and the page of read tokens.
import { call } from './api.js';
import { askToDelete } from './dialogs.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';

/** @returns whether this is the page where one signs in, which needs nothing else */
export function startSignIn() {
  const page = document.getElementById('sign-in');
  if (!page) return false;
  goOnIfSignedIn(page.dataset.to);
  return true;
}

/** Whoever follows a link from another site comes without the cookie, which the browser sends from here on. */
async function goOnIfSignedIn(to) {
  const comesFromElsewhere = location.pathname.endsWith('/openid') || new URLSearchParams(location.search).has('to');
  if (!comesFromElsewhere || document.getElementById('problem')) return;
  const answer = await fetch('/api/v1/session').catch(() => null);
  if (answer?.ok && (await answer.json()).role) location.replace(to);
}

export function startReadTokens() {
  const list = document.getElementById('read-tokens');
  if (!list) return;
  const form = document.getElementById('read-token-form');
  const atList = new Notices('problem', 'done');
  const atForm = new Notices('form-problem', 'form-done');

  list.addEventListener('click', (event) => {
    if (!event.target.closest('[data-do="delete"]')) return;
    const { id, name } = event.target.closest('[data-id]').dataset;
    atList.during(async () => {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/read-tokens/${id}`) === undefined) return;
      atList.say(atList.done.dataset.deleted);
      await refresh();
    });
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    atForm.during(async () => {
      const made = await call('POST', '/api/v1/read-tokens', { name: form.elements.name.value });
      if (made === undefined) return;
      form.reset();
      atForm.say(`${atForm.done.dataset.once} ${made.token}`);
      await refresh();
    });
  });
}
