// A worker that keeps what was last shown, so that the page also opens when there is no connection.
export function startOffline() {
  const workers = navigator.serviceWorker;
  if (!workers) return; // without HTTPS there are none
  if (!workers.controller) workers.addEventListener('controllerchange', keepThisPage, { once: true });
  // the page comes first
  addEventListener('load', () => workers.register('/sw.js').catch(() => {}));
}

/** The first page was there before the worker: what it was made of is taken once more, for the worker to keep. */
function keepThisPage() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && /^\/(static|api)\//.test(pathname) && !pathname.endsWith('/stream'));
  for (const url of loaded) fetch(url).catch(() => {});
  fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => {});
}
