// The choice of language. A cookie keeps it, so the page's address need not say it: else it would be chosen anew at each refresh.
import './language.css';

const PARAMETER = 'lang';

export function startLanguage() {
  if (navigator.cookieEnabled) forgetInAddress();
  document.getElementById('languages')?.addEventListener('click', ({ target }) => {
    const link = target.closest('a[hreflang]');
    if (!link) return;
    // what the address has become since the page was loaded
    const address = new URL(location.href);
    address.searchParams.set(PARAMETER, link.hreflang);
    link.href = address.href;
  });
}

function forgetInAddress() {
  const address = new URL(location.href);
  if (!address.searchParams.has(PARAMETER)) return;
  address.searchParams.delete(PARAMETER);
  history.replaceState(history.state, '', address);
}
