// The channels page: the list, and the form that adds or changes a channel.
import { call, read } from './api.js';
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
  const title = document.getElementById('editor-title');
  const atList = new Notices('problem', 'done');
  const atForm = new Notices('form-problem', 'form-done');
  const words = atList.done.dataset;
  const errors = new FormErrors(form);
  let edited = null; // the channel in the form

  /** @param channel JSON of the API, or null for a new one */
  function begin(channel) {
    edited = channel;
    form.reset();
    atForm.clear();
    title.textContent = channel ? fill(title.dataset.change, { name: channel.name }) : title.dataset.new;
    for (const id of ['type-field', 'elsewhere']) document.getElementById(id).hidden = Boolean(channel);
    document.getElementById('kept').hidden = !channel;
    offerUnchanged(form, Boolean(channel), atForm.done.dataset.unchanged);
    form.elements.type.disabled = Boolean(channel);
    if (channel) {
      for (const name of ['name', 'language']) form.elements[name].value = channel[name];
      for (const name of ['sources', 'enabled']) form.elements[name].checked = channel[name];
    }
    showFieldsOf(form, channel?.type ?? form.elements.type.value);
  }

  async function save() {
    const saved = await (edited
      ? call('PUT', `/api/v1/channels/${edited.id}`, settings(form))
      : call('POST', '/api/v1/channels', settings(form)));
    if (saved === undefined) return;
    const sendsTest = document.getElementById('send-test').checked;
    begin(null);
    atForm.showDone(atForm.done.dataset.saved);
    await refresh();
    if (!sendsTest) return;
    await test(saved, atForm, `${atForm.done.dataset.saved} `);
    await refresh(); // shows whether it failed
  }

  /** Shows the result in place of what was shown before: a saved channel that does not work is no success. */
  async function test({ id, name }, notices, before = '') {
    atList.clear();
    atForm.clear();
    notices.showDone(words.working);
    const result = await call('POST', `/api/v1/channels/${id}/test`);
    if (!result) notices.clear();
    else if (result.delivered) notices.showDone(before + fill(words.delivered, { name }));
    else notices.showProblem(before + fill(words.failed, { name, reason: result.reason }));
  }

  const actions = {
    test: (channel) => test(channel, atList),
    async edit({ id }) {
      begin(await read(`/api/v1/channels/${id}`));
      title.focus();
    },
    enable: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { enabled: true }),
    disable: ({ id }) => call('PUT', `/api/v1/channels/${id}`, { enabled: false }),
    async delete({ id, name }) {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/channels/${id}`) === undefined) return;
      if (edited?.id === id) begin(null);
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

  form.addEventListener('change', ({ target }) => {
    if ('removes' in target.dataset) removes(target).readOnly = target.checked;
  });
  form.elements.type.addEventListener('change', () => showFieldsOf(form, form.elements.type.value));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (errors.check()) atForm.run(save, errors);
  });
  document.getElementById('start-over').addEventListener('click', () => begin(null));
  begin(null);
}

/**
 * Settings of a stored channel are not known here: an empty field, and the first choice of a list, leave one as it is.
 * A box removes an optional one.
 */
function offerUnchanged(form, offered, text) {
  for (const input of form.querySelectorAll('[data-of] input')) {
    input.placeholder = offered ? text : '';
    input.readOnly = false;
  }
  for (const select of form.querySelectorAll('[data-of] select')) {
    select.querySelector('option[value=""]')?.remove();
    if (offered) select.prepend(new Option(text, '', true, true));
  }
  for (const box of form.querySelectorAll('[data-removes]')) box.parentElement.hidden = !offered;
}

/** The filled-in fields as the API takes them; null removes a setting. */
function settings(form) {
  const filled = [...form.elements].filter((input) => input.name && !input.disabled && input.value.trim() !== '');
  const removed = [...form.querySelectorAll('[data-removes]:checked')].map((box) => removes(box).name);
  return Object.fromEntries([
    ...filled.map((input) => [input.name, setting(input)]),
    ...removed.map((name) => [name, null]),
  ]);
}

/** The input of the setting that the box removes. */
function removes(box) {
  return document.getElementById(box.dataset.removes);
}

function setting(input) {
  const value = input.value.trim();
  if (input.type === 'checkbox') return input.checked;
  if ('list' in input.dataset) return value.split(',').map((entry) => entry.trim()).filter((entry) => entry);
  return input.type === 'number' ? Number(value) : value;
}
