// The page of sources: the button that polls one, and waits for the outcome.
import { call } from './api.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';

/** Longer than the longest fetch. */
const PATIENCE_MS = 45_000;
const PAUSE_MS = 500;

export function startSources() {
  const list = document.getElementById('sources');
  if (!list) return;
  const notices = new Notices('problem', 'done');
  const words = notices.done.dataset;

  async function poll(id, { path, attempt }) {
    if (await call('POST', `${path}/poll`) === undefined) return;
    notices.showDone(words.waiting);
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await refresh();
      const { attempt: last, good, result } = document.getElementById(id).dataset;
      if (last === attempt) continue;
      if (good === 'true') notices.showDone(result);
      else notices.showProblem(result);
      return;
    }
    notices.showDone(words.late);
  }

  list.addEventListener('click', ({ target }) => {
    const card = target.closest('[data-do=poll]')?.closest('.card');
    if (card) notices.run(() => poll(card.id, { ...card.dataset }));
  });
}
