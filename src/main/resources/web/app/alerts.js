// Tells of alerts: of those that the stream brings, and of those that came while there was no connection.
import { KnownAlerts } from './knownalerts.js';
import { NoticeBoard } from './noticeboard.js';
import { notify, startNotificationSwitch } from './notifications.js';

const NEWEST = '/api/v1/alerts?limit=50';

export function startAlerts(stream) {
  if (!document.getElementById('notice-board')) return; // a wall screen has nobody to dismiss anything
  const board = new NoticeBoard();
  const known = new KnownAlerts();

  function tell({ news, untold }) {
    board.show(news);
    notify(untold, board.words, (alert) => known.isNewest(alert));
  }

  stream.addEventListener('alert', ({ detail }) => tell(known.take([detail])));
  stream.addEventListener('open', async () => {
    const newest = await read(NEWEST);
    if (newest) tell(known.catchUp(newest.items));
  });
  startNotificationSwitch();
}

async function read(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined; // asked again with the next connection
  }
}
