// The sign-in page, and the page of read tokens.
import { call } from './api.js';
import { askToDelete } from './dialogs.js';
import { FormErrors } from './formerrors.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';

/** @returns whether this is the sign-in page, which needs no other script */
export function startSignIn() {
  const page = document.getElementById('sign-in');
  if (!page) return false;
  const form = page.querySelector('form');
  const errors = new FormErrors(form);
  form.addEventListener('submit', (event) => errors.check() || event.preventDefault());
  continueIfSignedIn(page.dataset.to);
  return true;
}

/**
 * After a link from another site, the browser withholds the SameSite cookie at first, so the reader may be signed in
 * already.
 */
async function continueIfSignedIn(to) {
  const mayBeSignedIn = location.pathname.endsWith('/openid') || new URLSearchParams(location.search).has('to');
  if (!mayBeSignedIn || document.getElementById('problem')) return;
  const answer = await fetch('/api/v1/session').catch(() => null);
  if (answer?.ok && (await answer.json()).role) location.replace(to);
}

export function startReadTokens() {
  const list = document.getElementById('read-tokens');
  if (!list) return;
  const form = document.getElementById('read-token-form');
  const atList = new Notices('problem', 'done');
  const atForm = new Notices('form-problem', 'form-done');
  const errors = new FormErrors(form);

  list.addEventListener('click', (event) => {
    if (!event.target.closest('[data-do="delete"]')) return;
    const { id, name } = event.target.closest('[data-id]').dataset;
    atList.run(async () => {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/read-tokens/${id}`) === undefined) return;
      atList.showDone(atList.done.dataset.deleted);
      await refresh();
    });
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!errors.check()) return;
    atForm.run(async () => {
      const token = await call('POST', '/api/v1/read-tokens', { name: form.elements.name.value });
      if (token === undefined) return;
      form.reset();
      atForm.showDone(`${atForm.done.dataset.once} ${token.token}`);
      await refresh();
    }, errors);
  });
}
