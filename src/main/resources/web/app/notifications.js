// Notifications of the browser, where the reader wants them.
import { keep, recall } from './storage.js';
import { fill, number } from './words.js';

const KEY = 'detak.notify';
const MOST_AT_ONCE = 3;

/** The button that switches them on and off. */
export function startNotificationSwitch() {
  const box = document.getElementById('notify');
  if (!box || !window.Notification || !window.isSecureContext) return;
  const button = box.querySelector('button');
  const blocked = box.querySelector('.hint');

  function draw() {
    box.hidden = false;
    blocked.hidden = Notification.permission !== 'denied';
    button.hidden = !blocked.hidden;
    button.textContent = areWanted() ? box.dataset.stop : box.dataset.start;
  }

  button.addEventListener('click', async () => {
    keep('localStorage', KEY, !areWanted() && await Notification.requestPermission() === 'granted');
    draw();
  });
  draw();
}

/**
 * @param words by severity, and of what is resolved or was missed
 * @param isNewest whether it is still as the alert says
 */
export async function notify(told, words, isNewest) {
  if (!told.length || !areWanted()) return;
  const worker = await navigator.serviceWorker?.getRegistration();
  const alerts = told.filter(isNewest);
  const show = worker?.active ? (title, options) => worker.showNotification(title, options) : showFromPage;
  for (const { title, ...options } of alerts.length > MOST_AT_ONCE ? [allInOne(alerts, words)] : alerts.map((alert) => one(alert, words))) {
    show(title, { icon: '/icon-192.png', lang: document.documentElement.lang, ...options });
  }
}

function areWanted() {
  return window.Notification?.permission === 'granted' && recall('localStorage', KEY) === true;
}

/** The tag makes one of what several tabs say. */
function one({ id, state, severity, rule, text }, words) {
  const resolved = state !== 'firing';
  return { title: `${resolved ? words.resolved : words[severity]}: ${rule}`, body: text, tag: id, silent: resolved, data: { path: `/alerts/${id}` } };
}

function allInOne(alerts, words) {
  return { title: fill(words.missed, { count: number(alerts.length) }), tag: 'missed', data: { path: '/alerts' } };
}

function showFromPage(title, options) {
  const notification = new Notification(title, options);
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
