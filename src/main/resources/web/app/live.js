// Keeps the page fresh without reloading it: after each event it takes the page anew from the server, which alone knows how
// numbers are written in the reader's language, and changes the parts that differ.
const GATHERED_MS = 150;
const PATIENCE_MS = 20_000;

export function startLive(stream) {
  let timer;
  const refreshSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh();
    }, GATHERED_MS);
  };

  for (const name of ['open', 'quote', 'source', 'alert']) stream.addEventListener(name, refreshSoon);
  // ages go on while nothing arrives
  setInterval(refreshSoon, 30_000);
}

let running = null;
let wanted = false;

/** Takes the page anew and changes what differs; one after the other, so that what is older never comes last. */
export function refresh() {
  wanted = true;
  running ??= (async () => {
    try {
      while (wanted) {
        wanted = false;
        await takeAnew();
      }
    } finally {
      running = null;
    }
  })();
  return running;
}

async function takeAnew() {
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.redirected && new URL(answer.url).pathname === '/sign-in') return location.reload(); // the session has ended
    fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    fresh = null; // the server is away
  }
  if (!fresh || !fresh.documentElement.dataset.madeAt) { // or it is in trouble, or somebody in between has answered
    document.dispatchEvent(new Event('notfresh'));
    return;
  }
  const quotes = document.getElementById('quotes');
  const freshQuotes = fresh.getElementById('quotes');
  const otherLanguage = fresh.documentElement.lang !== document.documentElement.lang;
  if (!quotes !== !freshQuotes || otherLanguage || isOfAnotherProgram(fresh)) {
    location.reload(); // the first values have come, or a language was chosen on another page, or there is a new version
    return;
  }
  for (const part of document.querySelectorAll('[data-fresh]')) replaceIfDifferent(part, fresh.getElementById(part.id));
  if (quotes) updateQuotes(quotes, freshQuotes);
  document.dispatchEvent(new Event('fresh'));
}

/** What somebody may have written in a form is worth more than a new version. */
function isOfAnotherProgram(fresh) {
  const script = (page) => page.querySelector('script[src]').getAttribute('src');
  return script(fresh) !== script(document) && !document.querySelector('main form:not([method=dialog])');
}

function updateQuotes(quotes, freshQuotes) {
  for (const freshCard of freshQuotes.children) {
    const card = document.getElementById(freshCard.id);
    if (!card) {
      quotes.append(document.importNode(freshCard, true));
      continue;
    }
    const chosen = card.classList.contains('chosen'); // another may have been chosen since the page was asked for
    card.className = freshCard.className;
    card.classList.toggle('chosen', chosen);
    Object.assign(card.dataset, freshCard.dataset);
    const freshParts = freshCard.querySelectorAll('[data-live]');
    card.querySelectorAll('[data-live]').forEach((part, i) => {
      const changed = replaceIfDifferent(part, freshParts[i]);
      if (changed && part.classList.contains('value')) flash(part);
    });
  }
}

function replaceIfDifferent(old, fresh) {
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return false;
  keepingFocus(old, () => {
    old.className = fresh.className;
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  });
  return true;
}

/** Whoever works with the keyboard goes on where they were, at what stands there now. */
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
  void cell.offsetWidth; // starts the animation anew
  cell.classList.add('flash');
}
