// The rules page: the list, and the form that adds or changes a rule.
import { call, read } from './api.js';
import { startBacktest } from './backtest.js';
import { askToDelete } from './dialogs.js';
import { FormErrors } from './formerrors.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { pauseEnd } from './pauses.js';
import { startRuleForm } from './ruleform.js';
import { fill } from './words.js';

export function startRules() {
  const list = document.getElementById('rules');
  if (!list) return;
  const form = startRuleForm();
  const showBacktest = startBacktest();
  const atList = new Notices('problem', 'done');
  const atForm = new Notices('form-problem', 'form-done');
  const errors = new FormErrors(form.element);
  const title = document.getElementById('editor-title');
  let editedId = null; // the rule in the form

  function begin(rule) {
    editedId = rule?.id ?? null;
    title.textContent = editedId ? fill(title.dataset.change, { name: rule.name }) : title.dataset.new;
    form.write(rule);
    atForm.clear();
    document.getElementById('past').hidden = true;
  }

  async function startFromPresets() {
    const choice = document.getElementById('preset');
    const answer = await atForm.run(() => read(`/api/v1/rules/presets?lang=${document.documentElement.lang}`));
    const presets = answer?.items ?? [];
    presets.forEach((preset, i) => choice.add(new Option(preset.name, i)));
    choice.addEventListener('change', () => choice.value && begin(presets[choice.value]));
  }

  async function save() {
    const saved = await (editedId
      ? call('PUT', `/api/v1/rules/${editedId}`, form.read())
      : call('POST', '/api/v1/rules', form.read()));
    if (saved === undefined) return;
    begin(null);
    document.getElementById('preset').value = '';
    atForm.showDone(atForm.done.dataset.saved);
    await refresh();
  }

  async function tryOut() {
    atForm.showDone(atForm.done.dataset.working);
    const result = await call('POST', '/api/v1/rules/backtest', form.read());
    atForm.clear();
    if (result) await showBacktest(result);
  }

  const actions = {
    async edit({ id }) {
      begin(await read(`/api/v1/rules/${id}`));
      title.focus();
    },
    async delete({ id, name }) {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/rules/${id}`) === undefined) return;
      if (editedId === id) begin(null);
      atList.showDone(atList.done.dataset.deleted);
    },
    snooze: ({ id }, { until }) => call('PUT', `/api/v1/rules/${id}/snooze`, { until: pauseEnd(until) }),
    wake: ({ id }) => call('DELETE', `/api/v1/rules/${id}/snooze`),
  };

  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (!button) return;
    atList.run(async () => {
      await actions[button.dataset.do](button.closest('[data-id]').dataset, button.dataset);
      await refresh();
    });
  });
  form.element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (errors.check()) atForm.run(save, errors);
  });
  document.getElementById('try-out').addEventListener('click', () => errors.check() && atForm.run(tryOut, errors));
  document.getElementById('start-over').addEventListener('click', () => begin(null));
  begin(fromAddress());
  startFromPresets();
}

/**
 * The rule that a link carries, from the form beside the chart; null if there is none. Only a start: the reader sees it
 * before saving.
 */
function fromAddress() {
  try {
    const linked = JSON.parse(new URLSearchParams(location.search).get('rule'));
    const { name, type, percent, level, window, codes, channels } = linked;
    const known = [...document.getElementById('type').options].some(({ value }) => value === type);
    const isRule = known && Array.isArray(codes) && Array.isArray(channels);
    return isRule ? { name, type, percent, level, window, codes, channels } : null;
  } catch {
    return null; // none, or not one of ours
  }
}
