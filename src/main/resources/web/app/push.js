// The switch that subscribes this device to messages by Web Push: they arrive while no page is open, too.
import { ApiError, call, read } from './api.js';
import { ask } from './dialogs.js';
import { Notices } from './notices.js';
import { load, save } from './storage.js';
import { fill } from './words.js';
import './push.css';

const CHANNELS = '/api/v1/channels';
const RULES = '/api/v1/rules';
/** Where the id of this device's channel is remembered. */
const KEY = 'detak.device';

const BROWSERS = {
  Edg: 'Edge',
  OPR: 'Opera',
  SamsungBrowser: 'Samsung Internet',
  Firefox: 'Firefox',
  FxiOS: 'Firefox',
  CriOS: 'Chrome',
  Chrome: 'Chrome',
  Safari: 'Safari',
};
const SYSTEMS = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  CrOS: 'ChromeOS',
  Macintosh: 'Mac',
  Linux: 'Linux',
};

export function startPush() {
  const box = document.getElementById('push');
  if (!box) return;
  const dialog = document.getElementById('push-dialog');
  const name = document.getElementById('push-name');
  const on = document.getElementById('push-on');
  const notices = new Notices('push-problem', 'push-done');
  const words = notices.done.dataset;

  async function draw() {
    const channel = await ownChannel();
    const state = stateWith(channel);
    box.hidden = state === 'blocked'; // the switch of the other notifications says what to do
    for (const part of box.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
    on.textContent = channel ? fill(on.dataset.text, channel) : '';
  }

  async function subscribe() {
    name.value ||= deviceName();
    if (!await ask(dialog, name)) return;
    const { channel, test } = await subscribeDevice({
      name: name.value.trim(),
      forAll: document.getElementById('push-rules').checked,
      refused: notices.problem.dataset.refused,
      onStart: () => notices.showDone(words.working),
    });
    if (test?.delivered) notices.showDone(fill(words.tested, channel));
    else if (test) notices.showProblem(fill(words.failed, { name: channel.name, reason: test.reason }));
    else notices.clear();
  }

  /** The device stops at once; only its channel needs the admin. */
  async function unsubscribe() {
    const own = await ownChannel();
    await (await ownSubscription())?.unsubscribe();
    if (own && await changeRules((ids) => ids.filter((id) => id !== own.id))) {
      await call('DELETE', `${CHANNELS}/${own.id}`);
    }
    notices.showDone(words.stopped);
  }

  const redraw = () => draw().catch(() => {}); // offline, the switch stays as it is: hidden at first
  document.getElementById('push-start').addEventListener('click', () => notices.run(subscribe).finally(redraw));
  document.getElementById('push-stop').addEventListener('click', () => notices.run(unsubscribe).finally(redraw));
  navigator.permissions?.query({ name: 'notifications' })
    .then((permission) => permission.addEventListener('change', redraw));
  redraw();
}

/**
 * Subscribes this device, creates its channel and sends a test message to it.
 *
 * @param forAll whether to add the channel to all rules
 * @param refused the error if the browser cannot subscribe
 * @returns { channel, test }, both undefined if the reader did not permit it or did not sign in
 */
export async function subscribeDevice({ name = deviceName(), forAll = false, refused, onStart = () => {} }) {
  if (await Notification.requestPermission() !== 'granted') return {};
  const key = await call('GET', '/api/v1/push-key');
  if (!key) return {};
  onStart();
  const subscription = await subscriptionFor(key.publicKey, refused);
  const settings = { name, type: 'webpush', language: document.documentElement.lang, subscription };
  const channel = await call('POST', CHANNELS, settings);
  if (!channel) return {}; // the session ended meanwhile
  const former = await formerChannel();
  save('localStorage', KEY, channel.id);
  const replaced = (ids) => [...ids.filter((id) => id !== former), channel.id];
  await changeRules((ids) => (forAll || ids.includes(former) ? replaced(ids) : ids));
  if (former) await call('DELETE', `${CHANNELS}/${former}`);
  return { channel, test: await call('POST', `${CHANNELS}/${channel.id}/test`) };
}

/** Whether this device could be notified, but is not. */
export async function canSubscribe() {
  return stateWith(await ownChannel()) === 'off';
}

async function subscriptionFor(applicationServerKey, refused) {
  try {
    await navigator.serviceWorker.register('/sw.js');
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe(); // it may be one with another key
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch {
    throw new ApiError(refused);
  }
}

function stateWith(channel) {
  if (!isSecureContext) return 'insecure';
  if (!navigator.serviceWorker || !window.PushManager || !window.Notification) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return channel ? 'on' : 'off';
}

async function ownSubscription() {
  const worker = await navigator.serviceWorker?.getRegistration();
  return worker?.pushManager?.getSubscription();
}

/** The channel that notifies this device; an admin may have disabled or deleted it meanwhile. */
async function ownChannel() {
  if (!load('localStorage', KEY) || !await ownSubscription()) return undefined;
  return rememberedChannel(({ enabled }) => enabled);
}

/** The id of the channel of an earlier subscription, which a new one replaces. */
async function formerChannel() {
  return (await rememberedChannel())?.id;
}

async function rememberedChannel(test = () => true) {
  const id = load('localStorage', KEY);
  if (!id) return undefined;
  return (await read(CHANNELS)).items.find((channel) => channel.id === id && test(channel));
}

/** @returns whether the admin was signed in */
async function changeRules(change) {
  for (const rule of (await read(RULES)).items) {
    const channels = change(rule.channels);
    const same = channels.length === rule.channels.length && channels.every((id) => rule.channels.includes(id));
    if (!same && await call('PUT', `${RULES}/${rule.id}`, { ...rule, channels }) === undefined) return false;
  }
  return true;
}

/** Such as "Chrome · Android". */
function deviceName() {
  const first = (names) => Object.entries(names).find(([part]) => navigator.userAgent.includes(part))?.[1];
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(' · ');
}
