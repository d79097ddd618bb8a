// The page of an alert: its chart, and the button that retries a failed delivery.
import { call } from './api.js';
import { refresh } from './live.js';
import { Notices } from './notices.js';
import { history } from './chart/market.js';
import { plainDrawing } from './chart/drawing.js';
import { foldBetween, resolutionOf, within } from './chart/picture.js';
import { startPlot } from './chart/plot.js';

export function startStory() {
  const box = document.getElementById('alert-chart');
  if (!box) return;
  box.hidden = false; // hidden without JavaScript
  const plot = startPlot(box);
  let drawn = '';

  async function draw() {
    const around = { ...document.getElementById('around').dataset };
    if (around.resolved && around.resolved === drawn) return; // a resolved alert does not change any more
    const { address, measure, decimals } = around;
    const [from, to] = [Date.parse(around.from), around.to ? Date.parse(around.to) : Date.now()];
    const [answer, fold] = await Promise.all([
      history(address, { measure, from: around.from, to: around.to, ...resolutionOf({ from, to }) }),
      foldBetween(address, from, to),
    ]);
    if (!answer) return;
    drawn = around.resolved;
    const view = { from, to, fold: within(answer) ? fold : null, ...marks(box, around) };
    plot.draw(plainDrawing(answer, view, box.dataset.suspect, decimals));
    box.dataset.folded = Boolean(fold && within(answer));
    box.dataset.marked = around.resolved ? 2 : 1;
  }

  document.addEventListener('fresh', draw);
  draw();

  const notices = new Notices('problem', 'done');
  document.getElementById('deliveries').addEventListener('click', (event) => {
    const key = event.target.closest('[data-send-again]')?.dataset.sendAgain;
    if (!key) return;
    notices.run(async () => {
      if (await call('POST', `/api/v1/deliveries/${key}/retry`) === undefined) return;
      notices.showDone(notices.done.dataset.waits);
      await refresh();
    });
  });
}

function marks(box, { fired, resolved, reference }) {
  return {
    uprights: [
      { at: Date.parse(fired), text: box.dataset.firedWord, color: '--down' },
      ...(resolved ? [{ at: Date.parse(resolved), text: box.dataset.resolvedWord, color: '--up' }] : []),
    ],
    level: reference ? { value: Number(reference), text: box.dataset.referenceWord } : null,
    areas: [[Date.parse(fired), resolved ? Date.parse(resolved) : Date.now()]],
  };
}
