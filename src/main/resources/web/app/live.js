// Keeps the page fresh without reloading it: after each event it takes the table anew from the server, which alone knows how
// numbers are written in the reader's language, and changes the cells that differ.
const DEBOUNCE_MS = 150;

export function startLive(chart) {
  const badge = document.getElementById('live');
  if (!badge) return; // a page that never changes
  let timer;
  const refreshSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, DEBOUNCE_MS);
  };

  const events = new EventSource('/api/v1/stream');
  events.addEventListener('quote', (event) => {
    refreshSoon();
    chart?.quoteArrived(JSON.parse(event.data).code);
  });
  events.addEventListener('source', refreshSoon);
  events.addEventListener('alert', refreshSoon);
  events.onopen = () => {
    show(badge, true);
    refreshSoon();
  };
  events.onerror = () => show(badge, false);
  // ages go on while nothing arrives
  setInterval(refreshSoon, 30_000);
}

function show(badge, live) {
  badge.hidden = false;
  badge.textContent = live ? badge.dataset.live : badge.dataset.offline;
  badge.classList.toggle('off', !live);
}

/** Takes the page anew and changes what differs. */
export async function refresh() {
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return; // the stream says that the server is away, and tries again
  }
  const rows = document.getElementById('rows');
  const freshRows = fresh.getElementById('rows');
  if (!rows !== !freshRows) {
    location.reload(); // the first values have come
    return;
  }
  for (const part of document.querySelectorAll('[data-fresh]')) replaceIfDifferent(part, fresh.getElementById(part.id));
  if (rows) updateRows(rows, freshRows);
  document.dispatchEvent(new Event('fresh'));
}

function updateRows(rows, freshRows) {
  for (const freshRow of freshRows.children) {
    const row = document.getElementById(freshRow.id);
    const chosen = row?.classList.contains('chosen') ?? false; // another may have been chosen since the page was asked for
    const shown = row ?? rows.appendChild(document.importNode(freshRow, true));
    shown.className = freshRow.className;
    shown.classList.toggle('chosen', chosen);
    if (!row) continue;
    [...freshRow.cells].forEach((cell, i) => {
      const changed = replaceIfDifferent(row.cells[i], cell);
      if (changed && cell.classList.contains('value')) flash(row.cells[i]);
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
