// The page of indicators: renames, hides, merges and deletes them, and confirms new labels.
import { call } from './api.js';
import { ask, askToDelete } from './dialogs.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { fill } from './words.js';

export function startIndicators() {
  const list = document.getElementById('indicators');
  if (!list) return;
  const notices = new Notices('problem', 'done');
  const words = notices.done.dataset;

  async function send(method, path, body, message) {
    notices.showDone(words.working);
    const answer = await call(method, path, body);
    notices.clear();
    if (answer !== undefined) notices.showDone(message);
  }
  const address = (indicator) => `/api/v1/indicators/${indicator.address}`;

  const actions = {
    async rename(indicator) {
      const dialog = titled('rename', indicator);
      const fields = { code: field('rename-code'), nameEn: field('rename-en'), nameId: field('rename-id') };
      Object.entries(fields).forEach(([name, input]) => { input.value = indicator[name]; });
      if (!await ask(dialog, fields.code)) return;
      const changed = (name) => (fields[name].value.trim() === indicator[name] ? undefined : fields[name].value.trim());
      const name = { en: changed('nameEn'), id: changed('nameId') };
      const body = { code: changed('code'), name: name.en || name.id ? name : undefined };
      if (body.code || body.name) await send('PATCH', address(indicator), body, words.changed);
    },
    hide: (indicator) => send('PATCH', address(indicator), { hidden: true }, words.changed),
    show: (indicator) => send('PATCH', address(indicator), { hidden: false }, words.changed),
    async merge(indicator) {
      const dialog = titled('merge', indicator);
      const into = field('merge-into');
      into.replaceChildren(...[...list.querySelectorAll('[data-code]')]
        .map(({ dataset }) => dataset.code)
        .filter((code) => code !== indicator.code)
        .map((code) => new Option(code)));
      if (await ask(dialog, into))
        await send('POST', `${address(indicator)}/merge`, { into: into.value }, words.merged);
    },
    async remove(indicator) {
      if (await askToDelete(indicator.code)) await send('DELETE', address(indicator), null, words.deleted);
    },
    confirm: ({ label }) => send('POST', '/api/v1/labels', { label }, words.confirmed),
  };

  document.querySelector('main').addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (!button) return;
    notices.run(async () => {
      await actions[button.dataset.do]({ ...button.closest('[data-code], [data-label]').dataset });
      await refresh();
    });
  });
}

function field(id) {
  return document.getElementById(id);
}

/** The dialog with its title filled in. */
function titled(name, indicator) {
  const title = document.getElementById(`${name}-title`);
  title.textContent = fill(title.dataset.title, { name: indicator.code });
  return document.getElementById(`${name}-dialog`);
}
