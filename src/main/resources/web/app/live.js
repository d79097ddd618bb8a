// Keeps the page current without reloading it: after an event it fetches the page again and replaces the parts that
// differ. Only the server formats numbers in the reader's language.
const DEBOUNCE_MS = 150;
const TIMEOUT_MS = 20_000;

export function startLive(stream) {
  let timer;
  const refreshSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh();
    }, DEBOUNCE_MS);
  };

  for (const name of ['open', 'quote', 'source', 'alert']) stream.addEventListener(name, refreshSoon);
  // ages change even without events
  setInterval(refreshSoon, 30_000);
}

let running = null;
let wanted = false;

/** Fetches the page and updates it; one request at a time, so that an older response never replaces a newer one. */
export function refresh() {
  wanted = true;
  running ??= (async () => {
    try {
      while (wanted) {
        wanted = false;
        await update();
      }
    } finally {
      running = null;
    }
  })();
  return running;
}

async function update() {
  let fresh;
  const address = location.href;
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    // the session has ended
    if (answer.redirected && new URL(answer.url).pathname === '/sign-in') return location.reload();
    // a page that does not exist is a page, too
    fresh = (answer.ok || answer.status === 404) && new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    fresh = null; // the server is not reachable
  }
  if (!fresh || !fresh.documentElement.dataset.madeAt) { // an error, or the response of a proxy
    document.dispatchEvent(new Event('notfresh'));
    return;
  }
  if (location.href !== address) { // another indicator was chosen meanwhile
    wanted = true;
    return;
  }
  const quotes = document.getElementById('quotes');
  const freshQuotes = fresh.getElementById('quotes');
  const otherLanguage = fresh.documentElement.lang !== document.documentElement.lang;
  const isEmpty = (page) => Boolean(page.querySelector('#empty, #error')); // not the page that belongs here
  const otherPage = !quotes !== !freshQuotes || isEmpty(document) !== isEmpty(fresh);
  if (otherPage || otherLanguage || isNewVersion(fresh)) {
    // the first values, the page itself after the overview stood in for it, another language chosen in another tab, or
    // a new version of Detak
    location.reload();
    return;
  }
  for (const part of document.querySelectorAll('[data-fresh]')) replaceIfDifferent(part, fresh.getElementById(part.id));
  if (quotes) updateQuotes(quotes, freshQuotes);
  document.title = fresh.title;
  const icon = document.getElementById('favicon');
  if (icon) icon.href = fresh.getElementById('favicon').getAttribute('href');
  document.dispatchEvent(new Event('fresh'));
}

/** Never reloads a page with a form for a new version, because the form may have unsaved input. */
function isNewVersion(fresh) {
  const script = (page) => page.querySelector('script[src]').getAttribute('src');
  return script(fresh) !== script(document) && !document.querySelector('main form:not([method=dialog], [hidden])');
}

function updateQuotes(quotes, freshQuotes) {
  for (const heading of freshQuotes.querySelectorAll('.group')) {
    if (!document.getElementById(heading.id)) quotes.append(document.importNode(heading, true));
  }
  for (const freshCard of freshQuotes.querySelectorAll('.quote')) {
    const card = document.getElementById(freshCard.id);
    if (!card) {
      quotes.append(document.importNode(freshCard, true));
      continue;
    }
    const putAway = card.classList.contains('put-away');
    card.className = freshCard.className;
    card.classList.toggle('put-away', putAway);
    Object.assign(card.dataset, freshCard.dataset);
    const freshParts = freshCard.querySelectorAll('[data-live]');
    card.querySelectorAll('[data-live]').forEach((part, i) => {
      const changed = replaceIfDifferent(part, freshParts[i]);
      if (changed && part.classList.contains('value')) flash(part);
    });
  }
}

function replaceIfDifferent(old, fresh) {
  if (!old || !fresh || (old.innerHTML === fresh.innerHTML && old.className === fresh.className)) return false;
  keepingFocus(old, () => {
    old.className = fresh.className;
    Object.assign(old.dataset, fresh.dataset);
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  });
  return true;
}

/** Restores the keyboard focus to the element in the same position. */
function keepingFocus(part, change) {
  const active = document.activeElement;
  const holder = part.contains(active) ? active.parentElement?.closest('[id]') : null;
  const place = holder ? reachable(holder).indexOf(active) : -1;
  change();
  if (place < 0) return;
  const now = reachable(document.getElementById(holder.id) ?? part);
  now[Math.min(place, now.length - 1)]?.focus({ preventScroll: true });
}

function reachable(holder) {
  return [...holder.querySelectorAll('a[href], button')];
}

function flash(cell) {
  cell.classList.remove('flash');
  void cell.offsetWidth; // restarts the animation
  cell.classList.add('flash');
}
