// Turns a view into a picture: what there is to draw, from the answers of the API.
import { alerts, comparison, history, sessions } from './market.js';
import { Fold } from './fold.js';

const DAY = 86_400_000;
const WIB = 25_200_000; // UTC+7, no daylight saving
/** Longer ones are drawn by day, where there is nothing to fold. */
const LONGEST_FOLDED = 46 * DAY;
/** Shorter ones are compared by what was seen within the day, longer ones by their closes. */
const LONGEST_COMPARED_WITHIN_DAYS = 10 * DAY;
const BARS = '1h,1d,1w,1mo';
const MOST_CANDLES = 400;

/** The calendar day in Jakarta of a moment: 2026-11-25. */
export const dayOf = (t) => new Date(t + WIB).toISOString().slice(0, 10);
const midnight = (day) => Date.parse(`${day}T00:00:00+07:00`);
const instant = (t) => new Date(t).toISOString();

/**
 * @param view see view.js
 * @param indicators by address: { code, level, day (of its newest number), daily (it has a number a day) }
 * @returns a picture, or null where the server gave no answer:
 *     view; window: { from, to } in milliseconds, or null for all there is;
 *     lines: [{ address, code, level, interval, unit, t, close, open, high, low, count, base }]; percent: whether moves are drawn in place of levels;
 *     rebased: whether 100 is each one's start; fold; suspects, implied: [{ t, value, reason }]; gaps: [[from, to]];
 *     alerts; previousClose: a level to be drawn, or null; csv: where the numbers are as rows
 */
export async function pictureOf(view, indicators) {
  const window = await windowOf(view, indicators.get(view.code));
  if (!window) return null;
  return view.compare.length ? compared(view, indicators, window) : single(view, indicators.get(view.code), window);
}

/** As the API takes it, and as the axis has it. */
async function windowOf(view, { day: newest, level }) {
  const day = view.day ?? newest;
  if (view.from != null) return { from: view.from, to: view.to, query: { from: instant(view.from), to: instant(view.to) } };
  const range = rangeOf(view, { daily: !level });
  if (range === '1D' || range === '5D') return tradingDays(view.code, day, range === '1D' ? 1 : 5, level);
  const first = firstDay(range, day);
  return first ? { from: midnight(first), to: midnight(day) + DAY, query: { from: first, to: day } } : { from: null, to: null, query: {} };
}

/** Where nobody chose one: the day, or half a year of what has a number a day. */
export function rangeOf(view, { daily }) {
  if (view.from != null) return null;
  return view.range ?? (daily ? '6M' : '1D');
}

async function tradingDays(code, day, days, level) {
  const answer = await sessions(code, { to: day, days });
  if (!answer) return null;
  if (!level || !answer.open.length) { // a return index has a point a day
    const first = answer.day[0] ?? day;
    return { from: midnight(first), to: midnight(day) + DAY, query: { from: first, to: day } };
  }
  const fold = Fold.of(answer);
  const from = answer.open[0];
  const to = fold ? fold.to : answer.close.at(-1);
  // what is seen in the evening may be the day's last word
  return { from, to, fold, query: { from: instant(from), to: instant(Math.max(to, midnight(dayOf(to - 1)) + DAY) - 1) } };
}

/** Counted back from the newest number, as the changes are. */
function firstDay(range, day) {
  const [year, month, date] = day.split('-').map(Number);
  const back = (years, months) => {
    const last = new Date(Date.UTC(year - years, month - months, 0)).getUTCDate(); // 31 March less a month is 28 February
    return new Date(Date.UTC(year - years, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
  };
  switch (range) {
    case '1M': return back(0, 1);
    case '3M': return back(0, 3);
    case '6M': return back(0, 6);
    case 'YTD': return `${year - 1}-12-31`;
    case '1Y': return back(1, 0);
    case '5Y': return back(5, 0);
    default: return null;
  }
}

async function single(view, indicator, window) {
  const candles = view.form === 'candles' && indicator.level;
  const [answer, fold, fired, base] = await Promise.all([
    history(view.code, { ...window.query, ...measureOf(indicator), ...(candles && { interval: BARS, maxPoints: MOST_CANDLES }) }),
    foldOf(view.code, window),
    alerts(view.code, window.query),
    closeBefore(view.code, indicator, window),
  ]);
  if (!answer) return null;
  const untrusted = new Map((answer.suspect ?? []).map((point) => [point.t, point]));
  const { points } = answer;
  const marks = (predicate) => points.t.flatMap((t, i) => (predicate(t, i) ? [{ t, value: points.close[i], reason: untrusted.get(t)?.reason }] : []));
  const line = lineOf(view.code, indicator, answer, base);
  const first = points.t[0];
  return {
    view,
    // a range that reaches back before the first number begins with that
    window: view.from == null && first > window.from && !within(answer) ? { ...window, from: first } : window,
    lines: [line],
    percent: view.scale === 'percent',
    fold: within(answer) ? fold : null,
    suspects: marks((t) => untrusted.has(t)),
    implied: marks((t, i) => points.count[i] === 0 && points.close[i] != null && indicator.level),
    gaps: (answer.gaps ?? []).map(({ from, to }) => [from, to]),
    alerts: fired?.items ?? [],
    previousClose: within(answer) && window.from != null && window.to - window.from < 7 * DAY ? base : null,
    csv: `/api/v1/indicators/${encodeURIComponent(view.code)}/history.csv?` + new URLSearchParams({ maxPoints: 100_000, ...window.query, ...measureOf(indicator), interval: answer.interval }),
  };
}

async function compared(view, indicators, window) {
  const codes = [view.code, ...view.compare];
  const shortly = window.from != null && window.to - window.from <= LONGEST_COMPARED_WITHIN_DAYS;
  const lines = shortly ? await comparedWithinDays(codes, indicators, window) : await comparedByDay(codes, indicators, window);
  if (!lines) return null;
  return {
    view,
    window,
    lines,
    rebased: true,
    fold: shortly && lines.some(within) ? await foldOf(view.code, window) : null,
    suspects: [],
    implied: [],
    gaps: [],
    alerts: [],
    previousClose: null,
    csv: '/api/v1/compare.csv?' + new URLSearchParams({ codes: codes.join(','), maxPoints: 100_000, ...window.query }),
  };
}

/** Each begins at 100 with what was seen first. */
async function comparedWithinDays(codes, indicators, window) {
  const answers = await Promise.all(codes.map((code) => history(code, { ...window.query, ...measureOf(indicators.get(code)) })));
  if (answers.some((answer) => !answer)) return null;
  return answers.map((answer, i) => {
    const untrusted = new Set((answer.suspect ?? []).map((point) => point.t));
    const kept = answer.points.t.map((t, k) => k).filter((k) => answer.points.close[k] != null && !untrusted.has(answer.points.t[k]));
    const base = answer.points.close[kept[0]];
    const close = kept.map((k) => (answer.points.close[k] / base) * 100);
    return { ...identity(codes[i], indicators.get(codes[i])), interval: answer.interval, unit: '', t: kept.map((k) => answer.points.t[k]), close, count: kept.map(() => 1) };
  });
}

async function comparedByDay(codes, indicators, window) {
  const answer = await comparison(codes, window.query);
  return answer && answer.items.map((item, i) => ({ ...identity(codes[i], indicators.get(codes[i])), interval: answer.interval, unit: '', t: answer.t, close: item.close, count: answer.t.map(() => 1) }));
}

function lineOf(address, indicator, answer, base) {
  const { t, open, high, low, close, count } = answer.points;
  return { ...identity(address, indicator), interval: answer.interval, unit: answer.unit, t, open, high, low, close, count, base: base ?? close.find((value) => value != null) ?? null };
}

function identity(address, indicator) {
  return { address, code: indicator.code, level: indicator.level, decimals: indicator.level ? indicator.decimals : 2 };
}

function measureOf(indicator) {
  return indicator.level ? {} : { measure: 'returnIndex' };
}

/** Whether its points lie within days. */
export function within({ interval }) {
  return interval === 'raw' || interval === '1h';
}

async function foldOf(code, window) {
  if (window.fold !== undefined) return window.fold;
  if (window.from == null || window.to - window.from > LONGEST_FOLDED) return null;
  const answer = await sessions(code, { from: dayOf(window.from), to: dayOf(window.to - 1) });
  if (!answer) return null;
  const cut = answer.open.map((open, i) => ({ day: answer.day[i], open: Math.max(open, window.from), close: Math.min(answer.close[i], window.to) })).filter(({ open, close }) => open < close);
  return Fold.of({ day: cut.map(({ day }) => day), open: cut.map(({ open }) => open), close: cut.map(({ close }) => close) });
}

/** The last close before the window, which its moves are counted from; null where it shows all there is. */
async function closeBefore(code, indicator, window) {
  if (window.from == null) return null;
  const day = dayOf(window.from);
  const from = dayOf(window.from - 30 * DAY);
  // a window that begins with a day, not with a session, begins with that day's close
  const to = window.query.from === day ? day : dayOf(midnight(day) - 1);
  const answer = await history(code, { from, to, interval: '1d', ...measureOf(indicator) });
  return answer?.points.close.findLast((close) => close != null) ?? null;
}
