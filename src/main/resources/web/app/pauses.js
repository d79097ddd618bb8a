// Pauses of messages, and acknowledged problems: buttons that say which request they make.
import { call } from './api.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WIB = 7 * HOUR;

export function startPauses() {
  if (!document.getElementById('source-problems') && !document.getElementById('muted')) return;
  const notices = new Notices('problem', 'done');
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-call]');
    if (!button) return;
    const { call: method, path, until } = button.dataset;
    notices.run(async () => {
      await call(method, path, until && { until: pauseEnd(until) });
      await refresh();
    });
  });
}

/** When a pause that begins now ends. */
export function pauseEnd(until) {
  const now = Date.now();
  if (until === 'hour') return new Date(now + HOUR).toISOString();
  if (until === 'week') return new Date(now + 7 * DAY).toISOString();
  const today = `${new Date(now + WIB).toISOString().slice(0, 10)}T07:00:00+07:00`;
  if (until === 'morning' && Date.parse(today) > now) return today;
  return `${new Date(now + WIB + DAY).toISOString().slice(0, 10)}T07:00:00+07:00`;
}
