// The page of imports: takes one back.
import { call } from './api.js';
import { askToDelete } from './dialogs.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';

export function startImports() {
  const list = document.getElementById('imports');
  if (!list) return;
  const notices = new Notices('problem', 'done');
  list.addEventListener('click', ({ target }) => {
    if (!target.closest('[data-do=undo]')) return;
    const { id, name } = target.closest('[data-id]').dataset;
    notices.run(async () => {
      if (!await askToDelete(name) || await call('DELETE', `/api/v1/imports/${id}`) === undefined) return;
      notices.showDone(notices.done.dataset.undone);
      await refresh();
    });
  });
}
