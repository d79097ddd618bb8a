// Shows whether the page is connected, and marks its values as old while it is not.
import './connection.css';
import { fill, time } from './words.js';

export function startConnection(stream) {
  const root = document.documentElement;
  const badge = document.getElementById('live');
  const banner = document.getElementById('not-connected');

  function show(connected) {
    badge.hidden = false;
    badge.textContent = connected ? badge.dataset.live : badge.dataset.offline;
    badge.classList.toggle('off', !connected);
    banner.hidden = connected;
    if (connected) return;
    root.classList.add('old');
    banner.textContent = fill(banner.dataset.text, {
      time: time(stream.state === 'lost' ? stream.lastContact : freshAt),
    });
  }

  let freshAt = new Date(root.dataset.madeAt);
  stream.addEventListener('open', () => show(true));
  stream.addEventListener('lost', () => show(false));
  if ('copy' in root.dataset) show(false); // a cached page, until there is a connection
  document.addEventListener('fresh', () => {
    freshAt = new Date();
    if (stream.state === 'open' && !banner.hidden) show(true);
    root.classList.toggle('old', stream.state === 'lost');
  });
  document.addEventListener('notfresh', () => show(false));
}
