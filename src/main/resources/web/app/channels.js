// The channels page: the list, and the form that adds a channel.
import { call } from './api.js';
import { askToDelete } from './dialogs.js';
import { showFieldsOf } from './fields.js';
import { FormErrors } from './formerrors.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { fill } from './words.js';

export function startChannels() {
  const list = document.getElementById('channels');
  if (!list) return;
  const form = document.getElementById('channel-form');
  const atList = new Notices('problem', 'done');
  const atForm = new Notices('form-problem', 'form-done');
  const words = atList.done.dataset;
  const errors = new FormErrors(form);

  const actions = {
    async test({ id, name }) {
      atList.showDone(words.working);
      const result = await call('POST', `/api/v1/channels/${id}/test`);
      if (!result) atList.clear();
      else if (result.delivered) atList.showDone(fill(words.delivered, { name }));
      else atList.showProblem(fill(words.failed, { name, reason: result.reason }));
    },
    enable: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { enabled: true }),
    withSources: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { sources: true }),
    withoutSources: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { sources: false }),
    inEnglish: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { language: 'en' }),
    inIndonesian: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { language: 'id' }),
    disable: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { enabled: false }),
    async delete({ id, name }) {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/channels/${id}`) === undefined) return;
      atList.showDone(words.deleted);
    },
  };

  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (!button) return;
    atList.run(async () => {
      await actions[button.dataset.do](button.closest('[data-id]').dataset);
      await refresh();
    });
  });

  form.elements.type.addEventListener('change', () => showFieldsOf(form, form.elements.type.value));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!errors.check()) return;
    atForm.run(async () => {
      if (await call('POST', '/api/v1/channels', settings(form)) === undefined) return;
      form.reset();
      showFieldsOf(form, form.elements.type.value);
      atForm.showDone(atForm.done.dataset.saved);
      await refresh();
    }, errors);
  });
  showFieldsOf(form, form.elements.type.value);
}

/** The filled-in fields as the API takes them. */
function settings(form) {
  const filled = [...form.elements].filter((input) => input.name && !input.disabled && input.value.trim() !== '');
  return Object.fromEntries(filled.map((input) => [input.name, setting(input)]));
}

function setting(input) {
  const value = input.value.trim();
  if (input.type === 'checkbox') return input.checked;
  if ('list' in input.dataset) return value.split(',').map((entry) => entry.trim()).filter((entry) => entry);
  return input.type === 'number' ? Number(value) : value;
}
