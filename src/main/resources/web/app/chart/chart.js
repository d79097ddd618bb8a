// The chart of the overview: its controls, its parameters in the page's URL, and its updates.
import { drawingOf, formOf, legendOf, momentsOf, percentAt, summaryOf } from './drawing.js';
import { startAlertForm } from '../alertform.js';
import { copyLink } from '../copy.js';
import { refresh } from '../live.js';
import { sessions } from './market.js';
import { pictureOf, rangeOf } from './picture.js';
import { startPlot } from './plot.js';
import { csvOf, fillTable, showPoint } from './points.js';
import { selectByDragging } from './selection.js';
import { addressOf, readView } from './view.js';
import { DAY, daysAfter } from './wib.js';
import { fill, time } from '../words.js';

const MINUTE = 60_000;
const SHORTEST = 10 * MINUTE;
const LONGEST = 15 * 365 * DAY;

export function startChart() {
  const section = document.getElementById('chart-section');
  if (!section) return;
  const words = section.dataset;
  const box = document.getElementById('chart');
  const point = document.getElementById('point');
  const table = document.getElementById('points');
  const csv = document.getElementById('csv');
  const comparedLines = document.getElementById('compared-lines');
  const plot = startPlot(box, (t) => showCompared(comparedLines, picture, t));
  let view = readView(location.search, new Set(indicators().keys()), words.code);
  // shows the effective parameters in the URL, without invalid ones
  if (location.search) window.history.replaceState(null, '', addressOf(view));
  let picture = null;
  let loading = null; // the requested view
  let again = false;
  let drawn = '';
  let chosen = null; // the point selected by keyboard
  let waiting = []; // moves requested while the picture that they start from is loading

  /**
   * One request at a time per view, so that an older response never replaces a newer one; another view does not wait.
   */
  async function load() {
    if (!box.offsetParent) return; // a small screen shows the list
    again = loading === view;
    if (again) return;
    const asked = view;
    loading = asked;
    mark(section, asked);
    let fresh = null;
    try {
      fresh = await pictureOf(asked, indicators());
    } finally {
      if (loading === asked) loading = null;
    }
    if (view !== asked) return; // another view was chosen meanwhile
    show(fresh);
    if (again) load();
  }

  function show(fresh) {
    if (!fresh) {
      waiting = [];
      if (box.dataset.state !== 'shown') box.dataset.state = 'failed';
      return;
    }
    box.dataset.state = 'shown';
    const answers = JSON.stringify([
      fresh.view,
      fresh.window,
      fresh.lines,
      fresh.averages,
      fresh.voided,
      fresh.gaps,
      fresh.alerts,
      fresh.base,
    ]);
    if (answers === drawn) return; // unchanged
    drawn = answers;
    picture = fresh;
    plot.draw(drawingOf(picture, words));
    document.getElementById('chart-sum').textContent = summaryOf(picture, words);
    csv.href = picture.csv ?? '';
    showLegend(legendOf(picture, words));
    if (table.open) fillTable(table, picture, words);
    for (const group of section.querySelectorAll('.single')) group.hidden = picture.lines.length > 1;
    section.querySelector('[data-form=candles]').disabled =
      !picture.lines[0].level || (view.form === 'candles' && formOf(picture) !== 'candles');
    showCompared(comparedLines, picture, plot.hovered());
    newAlert();
    const scale = picture.percent ? 'percent' : 'level';
    box.dataset.shows = `${formOf(picture)} ${scale} ${picture.lines[0].interval}${picture.fold ? ' folded' : ''}`;
    const [move, ...rest] = waiting;
    if (!move) return;
    step(move);
    waiting = rest;
  }

  function choose(change) {
    view = { ...view, ...change };
    waiting = [];
    window.history.pushState(null, '', addressOf(view));
    if (change.code) showQuote(change.code);
    forget();
    return load();
  }

  /** The server formats the other numbers of the quote. */
  function showQuote(code) {
    showView();
    const head = document.getElementById('quote-head');
    if (head && head.dataset.code !== code) copyNumbers(document.getElementById('card-' + code), head);
    refresh();
  }

  /** On a small screen, the address decides between the list and the chart. */
  function showView() {
    const main = document.querySelector('main.overview');
    const one = new URLSearchParams(location.search).has('code');
    if (main.classList.contains('one') === one) return;
    main.classList.toggle('one', one);
    scrollTo(0, 0);
  }

  const own = (from, to) => {
    const start = Math.floor(from / MINUTE) * MINUTE;
    return choose({
      range: null,
      day: null,
      from: start,
      to: Math.ceil(Math.max(to, start + SHORTEST) / MINUTE) * MINUTE,
    });
  };

  document.addEventListener('click', (event) => {
    const pick = event.target.closest('a.pick');
    if (!pick || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose({ code: pick.dataset.code, compare: view.compare.filter((code) => code !== pick.dataset.code) });
  });

  section.addEventListener('click', (event) => {
    const { range, form, scale, move } = event.target.closest('button')?.dataset ?? {};
    if (range) choose({ range, day: null, from: null, to: null });
    if (form) choose({ form });
    if (scale) choose({ scale });
    if (move) step(move);
  });

  section.querySelector('.back').addEventListener('click', (event) => {
    event.preventDefault();
    window.history.pushState(null, '', '/');
    showView();
  });

  comparedLines.addEventListener('click', ({ target }) => {
    const code = target.closest('button')?.dataset.code;
    if (code) choose({ compare: view.compare.filter((other) => other !== code) });
  });

  document.getElementById('compare-filter').addEventListener('input', ({ target }) => {
    const wanted = target.value.trim().toLocaleLowerCase();
    for (const choice of section.querySelectorAll('#compare-choices label'))
      choice.hidden = !choice.textContent.toLocaleLowerCase().includes(wanted);
  });

  document.getElementById('averages').addEventListener('change', () => {
    choose({
      averages: [...section.querySelectorAll('input[name=average]:checked')].map(({ value }) => Number(value)),
    });
  });

  document.getElementById('copy-link').addEventListener('click', (event) => copyLink(event.target, location.href));
  document.getElementById('print').addEventListener('click', () => window.print());

  document.getElementById('compare-choices').addEventListener('change', () => {
    const checked = [...section.querySelectorAll('input[name=compare]:checked')].map((input) => input.value);
    choose({ compare: checked.filter((code) => code !== view.code) });
  });

  window.addEventListener('popstate', () => {
    waiting = [];
    const before = view.code;
    view = readView(location.search, new Set(indicators().keys()), words.code);
    if (view.code !== before) showQuote(view.code);
    showView();
    forget();
    load();
  });

  /** The shown range in milliseconds. */
  function span() {
    const times = picture.lines.flatMap(({ t }) => t);
    const { from, to } = picture.window;
    return from == null ? [Math.min(...times), Math.max(...times) + 1] : [from, to];
  }

  async function step(move) {
    if (!picture) {
      if (loading) waiting.push(move);
      return;
    }
    if (picture.window.from == null && !picture.lines[0].t.length) return;
    const [from, to] = span();
    const width = to - from;
    switch (move) {
      case 'in':
        return (
          width > SHORTEST &&
          own(...(chosen == null ? middleHalf(picture.fold, from, to) : halfAround(picture.fold, chosen, from, to)))
        );
      case 'out':
        return width > LONGEST
          ? choose({ range: 'All', day: null, from: null, to: null })
          : own(from - width / 2, Math.min(to + width / 2, Date.now() + DAY));
      default:
        return rangeOf(view, shownIndicator()) === '1D'
          ? stepByDay(move)
          : own(...(move === 'earlier' ? [from - width / 2, to - width / 2] : [from + width / 2, to + width / 2]));
    }
  }

  /** Moves to the previous or next trading day. */
  async function stepByDay(move) {
    const newest = indicators().get(view.code).day;
    const day = view.day ?? newest;
    const answer = await sessions(
      view.code,
      move === 'earlier' ? { to: daysAfter(day, -1), days: 1 } : { from: daysAfter(day, 1), to: daysAfter(day, 30) },
    );
    const next = answer?.day[0];
    if (next && next <= newest) choose({ range: '1D', day: next === newest ? null : next, from: null, to: null });
  }

  function shownIndicator() {
    return indicators().get(view.code);
  }

  const newAlert = startAlertForm({
    chosen: () => indicators().get(view.code),
    show: (threshold) => plot.threshold(picture?.lines.length === 1 ? threshold : null),
    base: () => picture?.previousClose?.value ?? null,
  });

  selectByDragging(box, (left, right) => own(plot.momentAt(left), plot.momentAt(right)));

  box.addEventListener('click', (event) => {
    if (!picture?.lines[0].t.length) return;
    const t = plot.hovered() ?? plot.pointUnder(event.clientX - box.getBoundingClientRect().left);
    if (t != null) choosePoint(t);
  });

  box.addEventListener('dblclick', () => choose({ range: null, day: null, from: null, to: null }));

  box.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return; // lets the page scroll
    event.preventDefault();
    step(event.deltaY < 0 ? 'in' : 'out');
  }, { passive: false });

  box.addEventListener('keydown', (event) => {
    const moves = { '+': 'in', '-': 'out', PageUp: 'earlier', PageDown: 'later' };
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const times = picture ? momentsOf(picture) : [];
    if (event.key in moves) step(moves[event.key]);
    else if (event.key in steps && times.length) {
      const at = chosen == null ? times.length : times.indexOf(chosen);
      chosen = times[Math.max(0, Math.min(times.length - 1, at + steps[event.key]))];
      plot.pointAt(chosen);
      choosePoint(chosen);
    } else return;
    event.preventDefault();
  });

  /** Clears the parts that belong to the previous view. */
  function forget() {
    drawn = '';
    picture = null;
    box.dataset.state = 'loading';
    document.getElementById('chart-sum').textContent = '';
    showLegend([]);
    chosen = null;
    point.hidden = true;
    point.replaceChildren();
  }

  function choosePoint(t) {
    chosen = t;
    showPoint(point, picture, t, words);
  }

  table.addEventListener('toggle', () => table.open && picture && fillTable(table, picture, words));

  document.getElementById('png').addEventListener('click', async () => {
    if (!picture) return;
    const made = [
      document.querySelector('.simulated')?.textContent,
      `Detak · ${location.host} · ${time(Date.now())}`,
    ].filter(Boolean);
    const name = fileName();
    save(
      await plot.image([
        [document.getElementById('chart-title').textContent.replace(/\s+/g, ' '), summaryOf(picture, words)]
          .filter(Boolean)
          .join(' · '),
        ...made,
      ]),
      `${name}.png`,
    );
  });
  csv.addEventListener('click', (event) => {
    if (picture?.csv) return;
    event.preventDefault();
    if (!picture) return;
    const url = URL.createObjectURL(new Blob([csvOf(picture)], { type: 'text/csv' }));
    save(url, `${fileName()}.csv`);
    URL.revokeObjectURL(url);
  });

  function fileName() {
    const codes = picture.lines.map(({ code }) => code.replace(/[^\w.-]/g, '-'));
    return `${codes.join('_')}_${rangeOf(view, shownIndicator()) ?? 'range'}`;
  }

  function save(url, download) {
    Object.assign(document.createElement('a'), { href: url, download }).click();
  }

  // there may be new values: the quotes were refreshed
  document.addEventListener('fresh', () => {
    offerMore();
    load();
  });
  new ResizeObserver(() => !picture && !loading && load()).observe(box); // also when a small screen comes to show it
}

/** The middle half of the shown range, not counting folded hours. */
function middleHalf(fold, from, to) {
  if (!fold) return [from + (to - from) / 4, to - (to - from) / 4];
  return [fold.moment(fold.length / 4), fold.moment((fold.length * 3) / 4)];
}

/** Half of the shown range around a moment, not counting folded hours. */
function halfAround(fold, t, from, to) {
  if (!fold) return [t - (to - from) / 4, t + (to - from) / 4];
  const place = fold.place(t);
  return [
    fold.moment(Math.max(0, place - fold.length / 4)),
    fold.moment(Math.min(fold.length, place + fold.length / 4)),
  ];
}

/** The indicators on the page by address. */
function indicators() {
  return new Map(
    [...document.querySelectorAll('.quote')].map(({ dataset }) => [
      dataset.code,
      {
        code: dataset.name,
        level: dataset.level === 'true',
        daily: 'daily' in dataset,
        day: dataset.day,
        decimals: Number(dataset.decimals),
      },
    ]),
  );
}

/** Adds indicators that were discovered while the page is open. */
function offerMore() {
  const choices = document.getElementById('compare-choices');
  const offered = new Set([...choices.querySelectorAll('input')].map((input) => input.value));
  for (const [address, { code }] of indicators()) {
    if (offered.has(address)) continue;
    const choice = choices.querySelector('label').cloneNode(true);
    choice.querySelector('input').value = address;
    choice.lastChild.textContent = ` ${code}`;
    choices.append(choice);
  }
}

/** Shows the numbers of a row until the server's are there. */
function copyNumbers(row, head) {
  if (!row) return;
  head.className = `quote-head ${['up', 'down'].find((move) => row.classList.contains(move)) ?? ''}`;
  const text = (part) => row.querySelector(part)?.textContent.trim() ?? '';
  head.querySelector('.value').textContent = text('.value');
  const moved = head.querySelector('.moved:not(.value)');
  if (moved) moved.textContent = row.dataset.level === 'true' ? `${text('.change')} (${text('.percent')})` : '';
  for (const part of head.querySelectorAll('.seen, .doubts, .spans')) part.style.visibility = 'hidden';
}

/** The compared lines with their changes at a moment, or at the end. */
function showCompared(list, picture, t) {
  const lines = picture && picture.lines.length > 1 ? picture.lines : [];
  list.hidden = !lines.length;
  list.replaceChildren(...lines.map((line, i) => {
    const entry = document.createElement('li');
    const swatch = Object.assign(document.createElement('span'), { className: `swatch line-${i % 6}` });
    entry.append(swatch, `${line.code} ${percentAt(line, t)}`);
    if (i > 0) {
      const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' });
      remove.dataset.code = line.address;
      remove.setAttribute('aria-label', fill(list.dataset.remove, { name: line.code }));
      entry.append(remove);
    }
    return entry;
  }));
}

function mark(section, view) {
  for (const card of document.querySelectorAll('.quote')) {
    const isChosen = card.dataset.code === view.code;
    card.classList.toggle('chosen', isChosen);
    if (isChosen) {
      const code = card.querySelector('.pick').textContent;
      const others = view.compare.map((other) => document.getElementById('card-' + other)?.dataset.name);
      const name = others.length ? '' : card.querySelector('.name:not(.new)')?.cloneNode(true) ?? '';
      document.getElementById('chart-title').replaceChildren([code, ...others].join(', ') + ' ', name);
    }
  }
  document.getElementById('to-observations').href = `/observations/${encodeURIComponent(view.code)}`;
  document.getElementById('to-card').href = `/cards/${encodeURIComponent(view.code)}.svg`;
  const press = (name, value) =>
    section
      .querySelectorAll(`button[data-${name}]`)
      .forEach((button) => button.setAttribute('aria-pressed', button.dataset[name] === value));
  press('range', rangeOf(view, indicators().get(view.code)));
  press('form', view.form);
  press('scale', view.scale);
  for (const input of section.querySelectorAll('input[name=compare]')) {
    input.checked = view.compare.includes(input.value);
    input.disabled = input.value === view.code;
  }
  for (const input of section.querySelectorAll('input[name=average]'))
    input.checked = view.averages.includes(Number(input.value));
  document.getElementById('averaged').textContent = view.averages.join(', ');
  document.getElementById('compared').textContent = view.compare.length ? `(${view.compare.length})` : '';
}

function showLegend(entries) {
  document.getElementById('legend').replaceChildren(...entries.map(([symbol, text, glyph = '']) => {
    const entry = document.createElement('li');
    const mark = document.createElement('span');
    mark.className = `mark ${symbol}`;
    mark.dataset.glyph = glyph;
    mark.setAttribute('aria-hidden', 'true');
    entry.append(mark, text);
    return entry;
  }));
}
