// Announces alerts: those from the stream, and those that came while there was no connection.
import { KnownAlerts } from './knownalerts.js';
import { NoticeBoard } from './noticeboard.js';
import { notify, startNotificationSwitch } from './notifications.js';

const LATEST = `/api/v1/alerts?limit=50&lang=${document.documentElement.lang}`;

export function startAlerts(stream) {
  if (!document.getElementById('notice-board')) return; // the kiosk has no notices: no one is there to dismiss them
  const board = new NoticeBoard();
  const known = new KnownAlerts();

  function announce({ news, unannounced }) {
    board.show(news);
    notify(unannounced, board.words, (alert) => known.isNewest(alert));
  }

  stream.addEventListener('alert', ({ detail }) => announce(known.add([detail])));
  stream.addEventListener('open', async () => {
    const latest = await read(LATEST);
    if (latest) announce(known.catchUp(latest.items));
  });
  startNotificationSwitch();
}

async function read(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined; // requested again after the next connection
  }
}
