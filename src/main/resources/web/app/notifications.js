// Browser notifications, which the reader can switch on.
import { load, save } from './storage.js';
import { fill, number } from './words.js';

const KEY = 'detak.notify';
const MAX_AT_ONCE = 3;

/** The button that switches notifications on and off. */
export function startNotificationSwitch() {
  const box = document.getElementById('notify');
  if (!box || !window.Notification || !window.isSecureContext) return;
  const button = box.querySelector('button');
  const blocked = box.querySelector('.hint');

  function draw() {
    box.hidden = false;
    blocked.hidden = Notification.permission !== 'denied';
    button.hidden = !blocked.hidden;
    button.textContent = areEnabled() ? box.dataset.stop : box.dataset.start;
  }

  button.addEventListener('click', async () => {
    save('localStorage', KEY, !areEnabled() && await Notification.requestPermission() === 'granted');
    draw();
  });
  navigator.permissions?.query({ name: 'notifications' })
    .then((permission) => permission.addEventListener('change', draw));
  draw();
}

/**
 * @param words the texts for each severity, and for resolved and missed alerts
 * @param isNewest whether an alert is still in that state
 */
export async function notify(unannounced, words, isNewest) {
  if (!unannounced.length || !areEnabled()) return;
  const worker = await navigator.serviceWorker?.getRegistration();
  const alerts = unannounced.filter(isNewest);
  const show = worker?.active ? (title, options) => worker.showNotification(title, options) : showFromPage;
  const tooMany = alerts.length > MAX_AT_ONCE;
  const messages = tooMany ? [allInOne(alerts, words)] : alerts.map((alert) => one(alert, words));
  for (const { title, ...options } of messages) {
    show(title, { icon: '/icon-192.png', lang: document.documentElement.lang, ...options });
  }
}

function areEnabled() {
  return window.Notification?.permission === 'granted' && load('localStorage', KEY) === true;
}

/** Because of the tag, the browser merges the notifications of several tabs. */
function one({ id, state, severity, rule, text }, words) {
  const resolved = state !== 'firing';
  const title = `${resolved ? words.resolved : words[severity]}: ${rule}`;
  return { title, body: text, tag: id, silent: resolved, data: { path: `/alerts/${id}` } };
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
