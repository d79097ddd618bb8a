// Links that choose the language or the theme. The server stores the choice in a cookie, so the parameter is removed
// from the URL; otherwise each refresh would choose it again.
import './language.css';

const PARAMETERS = ['lang', 'theme'];

export function startChoices() {
  if (navigator.cookieEnabled) removeFromUrl();
  for (const id of ['languages', 'themes']) document.getElementById(id)?.addEventListener('click', followFromHere);
}

/** The URL may have changed since the page was loaded. */
function followFromHere({ target }) {
  const link = target.closest('a');
  if (!link) return;
  const address = new URL(location.href);
  const choice = new URL(link.href).searchParams;
  for (const name of PARAMETERS) if (choice.has(name)) address.searchParams.set(name, choice.get(name));
  link.href = address.href;
}

function removeFromUrl() {
  const address = new URL(location.href);
  if (!PARAMETERS.some((name) => address.searchParams.has(name))) return;
  for (const name of PARAMETERS) address.searchParams.delete(name);
  history.replaceState(history.state, '', address);
}
