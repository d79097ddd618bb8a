// The language links. The server stores the choice in a cookie, so the parameter is removed from the URL; otherwise each refresh
// would choose it again.
import './language.css';

const PARAMETER = 'lang';

export function startLanguage() {
  if (navigator.cookieEnabled) removeFromUrl();
  document.getElementById('languages')?.addEventListener('click', ({ target }) => {
    const link = target.closest('a[hreflang]');
    if (!link) return;
    // the URL may have changed since the page was loaded
    const address = new URL(location.href);
    address.searchParams.set(PARAMETER, link.hreflang);
    link.href = address.href;
  });
}

function removeFromUrl() {
  const address = new URL(location.href);
  if (!address.searchParams.has(PARAMETER)) return;
  address.searchParams.delete(PARAMETER);
  history.replaceState(history.state, '', address);
}
