// The observations page: voids a number that is wrong at the source, or undoes that.
import { call } from './api.js';
import { ask } from './dialogs.js';
import { FormErrors } from './formerrors.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { fill } from './words.js';

export function startVoids() {
  const list = document.getElementById('observed');
  if (!list) return;
  const notices = new Notices('problem', 'done');
  const dialog = document.getElementById('void-dialog');
  const title = document.getElementById('void-title');
  const reason = document.getElementById('void-reason');
  const address = (at) => `/api/v1/indicators/${list.dataset.address}/observations/${at}/void`;

  async function change(method, at, body, message) {
    if (await call(method, address(at), body) === undefined) return;
    notices.showDone(message);
    await refresh();
    document.getElementById(`void-${at}`)?.querySelector('button')?.focus({ preventScroll: true });
  }

  async function voidNumber({ void: at, number, time }) {
    title.textContent = fill(title.dataset.title, { number, time });
    reason.value = '';
    if (await ask(dialog, reason))
      await change('PUT', at, { reason: reason.value.trim() }, notices.done.dataset.voided);
  }

  startRange(list.dataset.address);
  list.addEventListener('click', (event) => {
    const { dataset } = event.target.closest('button') ?? {};
    if (dataset?.void) notices.run(() => voidNumber(dataset));
    else if (dataset?.takeBack)
      notices.run(() => change('DELETE', dataset.takeBack, null, notices.done.dataset.takenBack));
  });
}

/** The form that voids, or takes back, all numbers of some days. */
function startRange(address) {
  const form = document.getElementById('void-range');
  const notices = new Notices('range-problem', 'range-done');
  const errors = new FormErrors(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const voids = event.submitter?.value !== 'take-back';
    form.elements.reason.required = voids;
    if (!errors.check()) return;
    const { from, to, reason } = form.elements;
    const days = new URLSearchParams({ from: from.value, to: to.value });
    notices.run(async () => {
      const body = voids ? { reason: reason.value.trim() } : null;
      const path = `/api/v1/indicators/${address}/observations/void?${days}`;
      const changed = await call(voids ? 'PUT' : 'DELETE', path, body);
      if (changed === undefined) return;
      notices.showDone(fill(voids ? form.dataset.voided : form.dataset.takenBack, { count: changed.observations }));
      await refresh();
    }, errors);
  });
}
