// Keeps what was last shown, for when the network or the server is away. What the network answers always goes before a copy;
// only the bundle does not, for its names change with what is in it.
const BUNDLE = 'detak-bundle';
const PAGES = 'detak-pages';
const ANSWERS = 'detak-answers';
const MOST = { [BUNDLE]: 20, [PAGES]: 30, [ANSWERS]: 60 };

const HASHED = /^\/static\/bundle\/.+-[A-Z0-9]{8}\.(js|css)$/;
const KEPT_ANSWER = /^\/api\/v1\/(latest|changes|compare|alerts|indicators(\/[^/]+\/(history|sessions|observations))?)$/;
const NO_PAGE = /^\/(api|q|cards|sign-in|access)(\/|$)/;
// a train goes through a tunnel
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(fetch('/', { headers: { Accept: 'text/html' } }).then((page) => keep(PAGES, '/', page)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetOthers()]));
});

/** Caches of a version of this program that named them otherwise. */
async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !(name in MOST)).map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { method, url, mode, headers } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === 'POST' && pathname === '/sign-out') event.waitUntil(forgetWhatWasRead());
  if (method !== 'GET' || origin !== self.location.origin || headers.has('Authorization')) return;
  if (HASHED.test(pathname)) event.respondWith(keptFirst(event));
  else if (KEPT_ANSWER.test(pathname)) event.respondWith(networkFirst(event, ANSWERS, () => copy(ANSWERS, url)));
  else if (NO_PAGE.test(pathname)) return;
  else if (mode === 'navigate') event.respondWith(networkFirst(event, PAGES, () => copyOfPage(url), PATIENCE_MS));
  // a page that takes itself anew wants no copy, and leaves one
  else if (headers.get('Accept') === 'text/html') event.respondWith(fromNetwork(event, PAGES));
});

async function keptFirst(event) {
  return await copy(BUNDLE, event.request.url) ?? fromNetwork(event, BUNDLE);
}

async function networkFirst(event, name, findCopy, patience) {
  const answering = fromNetwork(event, name);
  const inTime = patience ? Promise.race([answering, new Promise((resolve) => setTimeout(resolve, patience))]) : answering;
  const answer = await inTime.catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return await findCopy() ?? answering;
}

function fromNetwork(event, name) {
  const answering = fetch(event.request);
  event.waitUntil(answering.then((answer) => keep(name, event.request.url, answer.clone())).catch(() => {}));
  return answering;
}

async function keep(name, url, answer) {
  if (answer.status === 401 || answer.redirected && new URL(answer.url).pathname === '/sign-in') await forgetWhatWasRead();
  if (answer.status !== 200 || answer.redirected) return;
  const cache = await caches.open(name);
  await cache.put(url, answer);
  const urls = await cache.keys(); // in the order in which they were put
  await Promise.all(urls.slice(0, -MOST[name]).map((old) => cache.delete(old)));
}

/** Whoever may read no longer finds no copies either. */
async function forgetWhatWasRead() {
  await Promise.all([PAGES, ANSWERS].map((name) => caches.delete(name)));
}

async function copy(name, url) {
  return (await caches.open(name)).match(url, { ignoreVary: true });
}

/** Of that page, else of the overview, which says itself how old it is. */
async function copyOfPage(url) {
  const found = await copy(PAGES, url) ?? (await (await caches.open(PAGES)).matchAll('/', { ignoreSearch: true, ignoreVary: true })).at(-1);
  if (!found) return undefined;
  const html = await found.text();
  return new Response(html.replace('<html ', '<html data-copy '), { headers: found.headers });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage(event.notification.data.path));
});

async function showPage(path) {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabs.find(({ url }) => new URL(url).pathname === path) ?? tabs[0];
  await (tab ? tab.focus() : self.clients.openWindow(path));
}
