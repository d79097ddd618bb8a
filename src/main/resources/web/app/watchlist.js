// The list of indicators: filter, order, pinned and hidden rows. The arrangement is kept in the browser; a link can
// carry it.
import { copyLink } from './copy.js';
import { load, save } from './storage.js';
import { fill, number } from './words.js';

const KEY = 'detak.list';
const SORTS = ['group', 'move', 'name', 'hand'];
const GROUPS = ['index', 'gold', 'currency', 'fund', 'other', 'discovered'];
const LISTS = ['pinned', 'hidden', 'order'];

export function startWatchlist() {
  const list = document.getElementById('quotes');
  if (!list) return;
  const filter = document.getElementById('filter');
  const sort = document.getElementById('sort');
  const arrange = document.getElementById('arrange');
  const hiddenCount = document.getElementById('hidden-count');
  const share = document.getElementById('share-list');
  const reset = document.getElementById('reset-list');
  let arranging = false;
  let state = fromAddress() ?? clean(load('localStorage', KEY));

  const rows = () => [...list.querySelectorAll('.quote')];
  const addressOf = (row) => row.dataset.code;

  function change(next) {
    state = { ...state, ...next };
    save('localStorage', KEY, state);
    arrangeRows();
  }

  function arrangeRows() {
    const wanted = filter.value.trim().toLocaleLowerCase();
    const focused = document.activeElement;
    const groups = new Map(
      [...list.querySelectorAll('.group')].map((heading) => [heading.id.slice('group-'.length), heading]),
    );
    const sorted = ordered(rows(), state);
    const grouped = state.sort === 'group';
    for (const heading of groups.values()) heading.hidden = true;
    const nodes = [];
    for (const row of sorted) {
      const pinned = state.pinned.includes(addressOf(row));
      const putAway = state.hidden.includes(addressOf(row));
      row.hidden = !matches(row, wanted) || (putAway && !arranging);
      row.classList.toggle('put-away', putAway);
      const buttons = row.querySelector('.arranging');
      buttons.hidden = !arranging;
      buttons.querySelector('[data-arrange=pin]').setAttribute('aria-pressed', pinned);
      buttons.querySelector('[data-arrange=hide]').setAttribute('aria-pressed', putAway);
      const heading = groups.get(row.dataset.group);
      if (grouped && !pinned && heading && !row.hidden && heading.hidden) {
        heading.hidden = false;
        nodes.push(heading);
      }
      nodes.push(row);
    }
    const order = [...nodes, ...[...groups.values()].filter((heading) => heading.hidden)];
    if (order.some((node, i) => list.children[i] !== node)) {
      list.append(...order);
      if (list.contains(focused)) focused.focus({ preventScroll: true });
    }
    sort.value = state.sort;
    document.getElementById('no-match').hidden = rows().some((row) => !row.hidden);
    const away = state.hidden.filter((code) => rows().some((row) => addressOf(row) === code)).length;
    hiddenCount.hidden = !away;
    hiddenCount.textContent = fill(hiddenCount.dataset.text, { count: number(away) });
    const own = JSON.stringify(state) !== JSON.stringify(clean(null));
    share.hidden = reset.hidden = !own;
  }

  filter.addEventListener('input', arrangeRows);
  filter.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    rows().find((row) => !row.hidden)?.querySelector('.pick').click();
  });
  sort.addEventListener('change', () =>
    change({ sort: sort.value, ...(sort.value === 'hand' && !state.order.length && { order: rows().map(addressOf) }) }),
  );
  arrange.addEventListener('click', () => {
    arranging = !arranging;
    arrange.setAttribute('aria-pressed', arranging);
    arrangeRows();
  });
  list.addEventListener('click', (event) => {
    const action = event.target.closest('[data-arrange]')?.dataset.arrange;
    if (!action) return;
    const code = addressOf(event.target.closest('.quote'));
    const toggled = (codes) => (codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code]);
    switch (action) {
      case 'pin': return change({ pinned: toggled(state.pinned) });
      case 'hide': return change({ hidden: toggled(state.hidden) });
      default: return change({ sort: 'hand', order: moved(rows().map(addressOf), code, action === 'up' ? -1 : 1) });
    }
  });
  share.addEventListener('click', async () => {
    await copyLink(share, addressWith(state));
    window.history.replaceState(null, '', addressWith(state));
  });
  reset.addEventListener('click', () => change(clean(null)));
  document.addEventListener('fresh', arrangeRows);
  arrangeRows();
}

function clean(stored) {
  const state = { sort: SORTS.includes(stored?.sort) ? stored.sort : SORTS[0] };
  for (const name of LISTS)
    state[name] = Array.isArray(stored?.[name]) ? stored[name].filter((code) => typeof code === 'string') : [];
  return state;
}

/** The arrangement that a link carries, or null. */
function fromAddress() {
  const parameters = new URLSearchParams(location.search);
  if (!['sort', ...LISTS].some((name) => parameters.has(name))) return null;
  return clean({
    sort: parameters.get('sort'),
    ...Object.fromEntries(LISTS.map((name) => [name, parameters.get(name)?.split(',').filter(Boolean)])),
  });
}

function addressWith(state) {
  const address = new URL(location.href);
  address.searchParams.set('sort', state.sort);
  for (const name of LISTS) {
    if (state[name].length) address.searchParams.set(name, state[name].join(','));
    else address.searchParams.delete(name);
  }
  return address.href;
}

/** Pinned rows first, in the order in which they were pinned. */
function ordered(rows, { sort, pinned, order }) {
  const place = (codes, code) => (codes.includes(code) ? codes.indexOf(code) : codes.length);
  rows.forEach((row, i) => { row.dataset.place ??= i; }); // as served; new rows come last
  const by = {
    group: (a, b) => place(GROUPS, a.dataset.group) - place(GROUPS, b.dataset.group),
    move: (a, b) => trustedMove(b) - trustedMove(a),
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
    hand: (a, b) => place(order, a.dataset.code) - place(order, b.dataset.code),
  }[sort];
  return [...rows].sort(
    (a, b) =>
      place(pinned, a.dataset.code) - place(pinned, b.dataset.code) || by(a, b) || a.dataset.place - b.dataset.place,
  );
}

/** The size of the move; a suspect number ranks as none. */
function trustedMove({ classList, dataset }) {
  return classList.contains('suspect') ? 0 : Math.abs(dataset.move);
}

function moved(codes, code, by) {
  const at = codes.indexOf(code);
  const to = Math.max(0, Math.min(codes.length - 1, at + by));
  const others = codes.filter((other) => other !== code);
  return [...others.slice(0, to), code, ...others.slice(to)];
}

function matches({ dataset, textContent }, wanted) {
  return !wanted || `${dataset.name} ${textContent}`.toLocaleLowerCase().includes(wanted);
}
