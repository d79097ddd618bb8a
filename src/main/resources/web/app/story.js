// The story of an alert: its chart, and sending again what failed.
import { call } from './api.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { history, startPlot } from './plot.js';

export function startStory() {
  const box = document.getElementById('alert-chart');
  if (!box) return;
  box.hidden = false; // it does nothing without this script
  const plot = startPlot(box);
  let drawn = '';

  async function draw() {
    const around = { ...document.getElementById('around').dataset };
    if (around.resolved && around.resolved === drawn) return; // nothing more happens
    const answer = await history(around.address, around);
    if (!answer) return;
    drawn = around.resolved;
    plot.draw(answer, marks(box, around));
  }

  document.addEventListener('fresh', draw);
  draw();

  const notices = new Notices('problem', 'done');
  document.getElementById('deliveries').addEventListener('click', (event) => {
    const key = event.target.closest('[data-send-again]')?.dataset.sendAgain;
    if (!key) return;
    notices.during(async () => {
      if (await call('POST', `/api/v1/deliveries/${key}/retry`) === undefined) return;
      notices.say(notices.done.dataset.waits);
      await refresh();
    });
  });
}

function marks(box, { fired, resolved, reference, from, to }) {
  return {
    from: Date.parse(from),
    to: to ? Date.parse(to) : Date.now(),
    lines: [
      { at: Date.parse(fired), text: box.dataset.firedWord, color: '--down' },
      ...(resolved ? [{ at: Date.parse(resolved), text: box.dataset.resolvedWord, color: '--up' }] : []),
    ],
    reference: reference ? Number(reference) : null,
    referenceText: box.dataset.referenceWord,
    areas: [[Date.parse(fired), resolved ? Date.parse(resolved) : Date.now()]],
  };
}
