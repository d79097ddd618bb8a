// Registers the service worker, which caches pages so that they also open without a connection.
export function startOffline() {
  const workers = navigator.serviceWorker;
  if (!workers) return; // not available without HTTPS
  if (!workers.controller) workers.addEventListener('controllerchange', cacheThisPage, { once: true });
  // after the page has loaded, so as not to slow it down
  addEventListener('load', () => workers.register('/sw.js').catch(() => {}));
}

/** Fetches the page and its parts once more: they were loaded before the worker could cache them. */
function cacheThisPage() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    .filter(
      ({ origin, pathname }) =>
        origin === location.origin && /^\/(static|api)\//.test(pathname) && !pathname.endsWith('/stream'),
    );
  for (const url of loaded) fetch(url).catch(() => {});
  fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => {});
}
