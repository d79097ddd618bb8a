// Caches pages and API responses for when the network or the server is unavailable. Responses of the network are
// preferred; only the bundle is served from the cache first, because its file names contain a hash.
const BUNDLE = 'detak-bundle';
const PAGES = 'detak-pages';
const RESPONSES = 'detak-answers';
/** The page for an address without a copy. */
const OFFLINE = '/offline';
const MAX_ENTRIES = { [BUNDLE]: 20, [PAGES]: 30, [RESPONSES]: 60 };

const HASHED = /^\/static\/bundle\/.+-[A-Z0-9]{8}\.(js|css)$/;
const CACHED_API = /^\/api\/v1\/(latest|changes|compare|alerts|indicators(\/[^/]+\/(history|sessions|observations))?)$/;
const NOT_A_PAGE = /^\/(api|q|cards|sign-in|access)(\/|$)/;
// long enough for a slow connection, short enough to show the copy in a tunnel
const PAGE_TIMEOUT_MS = 4000;

const WORDS = {
  en: {
    unreadable: 'A message could not be read. Open Detak to see the alerts.',
    ended: 'This device is no longer notified. Open Detak to subscribe it again.',
  },
  id: {
    unreadable: 'Ada pesan yang tidak terbaca. Buka Detak untuk melihat peringatan.',
    ended: 'Perangkat ini tidak lagi mendapat pemberitahuan. Buka Detak untuk mendaftarkannya lagi.',
  },
};

self.addEventListener('install', (event) => {
  self.skipWaiting();
  const keep = async (path) => store(PAGES, path, await fetch(path, { headers: { Accept: 'text/html' } }));
  event.waitUntil(Promise.all(['/', OFFLINE].map(keep)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), deleteOldCaches()]));
});

/** Deletes caches of other versions of this worker. */
async function deleteOldCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !(name in MAX_ENTRIES)).map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { method, url, mode, headers } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === 'POST' && pathname === '/sign-out') event.waitUntil(deleteReadData());
  if (method !== 'GET' || origin !== self.location.origin || headers.has('Authorization')) return;
  if (HASHED.test(pathname)) event.respondWith(cacheFirst(event));
  else if (CACHED_API.test(pathname)) event.respondWith(networkFirst(event, RESPONSES, () => copy(RESPONSES, url)));
  else if (NOT_A_PAGE.test(pathname)) return;
  else if (mode === 'navigate') event.respondWith(networkFirst(event, PAGES, () => copyOfPage(url), PAGE_TIMEOUT_MS));
  // a page that refreshes itself needs no copy, but its response is cached
  else if (headers.get('Accept') === 'text/html') event.respondWith(fromNetwork(event, PAGES));
});

async function cacheFirst(event) {
  return await copy(BUNDLE, event.request.url) ?? fromNetwork(event, BUNDLE);
}

async function networkFirst(event, name, findCopy, timeout) {
  const request = fromNetwork(event, name);
  const first = timeout ? Promise.race([request, new Promise((resolve) => setTimeout(resolve, timeout))]) : request;
  const answer = await first.catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return await findCopy() ?? request;
}

function fromNetwork(event, name) {
  const request = fetch(event.request);
  event.waitUntil(request.then((answer) => store(name, event.request.url, answer.clone())).catch(() => {}));
  return request;
}

async function store(name, url, answer) {
  if (answer.status === 401 || answer.redirected && new URL(answer.url).pathname === '/sign-in') await deleteReadData();
  if (answer.status !== 200 || answer.redirected) return;
  const cache = await caches.open(name);
  await cache.put(url, answer);
  const urls = await cache.keys(); // in insertion order
  await Promise.all(urls.slice(0, -MAX_ENTRIES[name]).map((old) => cache.delete(old)));
}

/** Deletes all cached data after sign-out or when access ended. */
async function deleteReadData() {
  await Promise.all([PAGES, RESPONSES].map((name) => caches.delete(name)));
}

async function copy(name, url) {
  return (await caches.open(name)).match(url, { ignoreVary: true });
}

/**
 * The cached page, with its age. Any copy of the overview serves all its addresses; no page stands in for another.
 */
async function copyOfPage(url) {
  const isOverview = new URL(url).pathname === '/';
  const found = await copy(PAGES, url) ?? await (isOverview ? anyOverview() : copy(PAGES, OFFLINE));
  if (!found) return undefined;
  const html = await found.text();
  return new Response(html.replace('<html ', '<html data-copy '), { headers: found.headers });
}

async function anyOverview() {
  const pages = await caches.open(PAGES);
  return (await pages.matchAll('/', { ignoreSearch: true, ignoreVary: true })).at(-1);
}

self.addEventListener('push', (event) => {
  event.waitUntil(showMessage(event.data));
});

// the browser ended the subscription; only the admin can subscribe this device again
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(show(ownMessage('ended')));
});

/** Every push must show a notification, else the browser ends the subscription. */
function showMessage(data) {
  return show(messageIn(data));
}

function show({ lang, title, text, path, tag, again, silent }) {
  const options = { lang, body: text, icon: '/icon-192.png', tag, renotify: again, silent, data: { path } };
  return self.registration.showNotification(title, options);
}

function messageIn(data) {
  try {
    const message = data.json();
    if (typeof message.title === 'string' && message.path.startsWith('/')) return message;
  } catch {
    // not from this version of Detak
  }
  return ownMessage('unreadable');
}

function ownMessage(name) {
  const lang = self.navigator.language.startsWith('id') ? 'id' : 'en';
  return { lang, title: 'Detak', text: WORDS[lang][name], path: '/alerts', tag: name };
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage(event.notification.data.path));
});

/** In the tab that shows it already, else in a new one: a tab may have input that is not saved. */
async function showPage(path) {
  const { pathname, hash } = new URL(path, self.location.origin);
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabs.find(({ url }) => new URL(url).pathname === pathname);
  await (tab ? tab.focus() : self.clients.openWindow(pathname + hash));
}
