// Builds the picture of a view, which is the data to draw, from responses of the API.
import { Fold } from './fold.js';
import { alerts, comparison, history, observations, sessions } from './market.js';
import { CLOCK, DAY, dayOf, daysAfter, midnight } from './wib.js';

/** Longer ranges are drawn by day, without folding. */
const MAX_FOLDED = 46 * DAY;
/** Shorter ranges compare observations within the day, longer ones compare closes. */
const MAX_COMPARED_WITHIN_DAYS = 10 * DAY;
/** How old the close before a range may be: a week more than the longest break of the exchange. */
const MAX_SILENCE_DAYS = 22;
const MAX_HOLIDAY_DAYS = 30;
/** The decimals of a return index, which is computed. */
export const MAX_INDEX_DECIMALS = 4;
/** 200 trading days with their weekends and holidays. */
const MAX_AVERAGE_DAYS = 320;
const MAX_CANDLES = 400;
/** Shows all observations of a day, even at a poll every few seconds. */
const MAX_OF_A_DAY = 20_000;
/** Without folding, closes only: hourly points would draw lines across each night. */
const BY_DAY = '1d,1w,1mo,1q,1y';
/** Shorter candles would have one or two polls each. */
const CANDLES = `30m,1h,2h,4h,12h,${BY_DAY}`;
/** Days are the usual candles of months. */
const CANDLES_OF_MONTHS = `1h,${BY_DAY}`;

const instant = (t) => new Date(t).toISOString();

/**
 * @param view see view.js
 * @param indicators by address: { code, level, decimals, day (of the latest value) }
 * @returns a picture, or null if the server did not respond:
 *     view; window: { from, to } in milliseconds, or null for the whole history;
 *     lines: [{ address, code, level, decimals and the most of them, interval, unit, t, close, open, high, low, count,
 *     gaps }], without the closes of suspect numbers;
 *     base: { value, day } that changes are measured from, or null;
 *     percent: whether changes are drawn instead of levels; rebased: whether each series starts at 100; fold;
 *     suspects, implied, voided: [{ t, value, reason }]; gaps: [[from, to]]; averages: [{ days, t, value }]; alerts;
 *     previousClose: the base to draw as a level, or null; csv: the URL of the CSV, or null
 */
export async function pictureOf(view, indicators) {
  const several = [view.code, ...view.compare].map((code) => indicators.get(code));
  const window = await windowOf(view, several);
  if (!window) return null;
  return view.compare.length ? compared(view, indicators, window) : single(view, several[0], window);
}

/** The default range: one day, or half a year for a series with one value per day. */
export function rangeOf(view, { daily }) {
  if (view.from != null) return null;
  return view.range ?? (daily ? '6M' : '1D');
}

/** The moving average of the closes at each moment of a line; null where there are too few. */
function averageOf({ t, close }, days, moments, interval) {
  const kept = t.map((at, i) => i).filter((i) => close[i] != null);
  const ends = new Map();
  let sum = 0;
  kept.forEach((i, k) => {
    sum += close[i];
    if (k >= days) sum -= close[kept[k - days]];
    if (k >= days - 1) ends.set(t[i], sum / days);
  });
  const times = [...ends.keys()];
  // a week or month has the average of its last day
  const end = (i) => (interval === '1d' ? moments[i] : (moments[i + 1] ?? Infinity) - 1);
  return {
    days,
    t: moments,
    value: moments.map((at, i) => ends.get(times.findLast((day) => day <= end(i) && day >= at)) ?? null),
  };
}

/** Whether its points are within days. */
export function within({ interval }) {
  return interval === 'raw' || interval in CLOCK;
}

/**
 * The time range: from and to in milliseconds, null for the whole history; query: parameters of the API;
 * baseDay: the day of the close before it, or null; own: whether it is a custom range.
 */
async function windowOf(view, [{ day: newest, level, daily }, ...others]) {
  if (view.from != null) {
    return {
      own: true,
      from: view.from,
      to: view.to,
      query: { from: instant(view.from), to: instant(view.to) },
      baseDay: daysAfter(dayOf(view.from), -1),
    };
  }
  const day = view.day ?? newest;
  const range = rangeOf(view, { daily });
  if (range === '1D' || range === '5D') {
    const byDay = [level, ...others.map((other) => other.level)].includes(false);
    return (byDay ? byTradingDay : withinTradingDays)(view, day, range === '1D' ? 1 : 5);
  }
  const first = firstDay(range, day);
  return first ? ofDays(first, day, view.day) : { from: null, to: null, query: {}, baseDay: null };
}

/** From the close of a day; until now, unless the last day was chosen. */
function ofDays(first, last, chosen) {
  return {
    from: midnight(first),
    to: midnight(last) + DAY,
    query: { from: first, ...(chosen && { to: last }) },
    baseDay: first,
  };
}

/** One value per day, and the close before them. */
async function byTradingDay({ code, day: chosen }, day, days) {
  const answer = await sessions(code, { to: day, days: days + 1 });
  return answer && ofDays(answer.day[0] ?? day, day, chosen);
}

/** Until the next day begins: an observation in the evening can be the last of the day. */
async function withinTradingDays({ code, day: chosen }, day, days) {
  const [answer, later] = await Promise.all([
    sessions(code, { to: day, days }),
    chosen && sessions(code, { from: daysAfter(day, 1), to: daysAfter(day, MAX_HOLIDAY_DAYS) }),
  ]);
  if (!answer) return null;
  if (!answer.open.length) return ofDays(day, day, chosen);
  const fold = Fold.of(answer);
  const from = answer.open[0];
  const to = fold ? fold.to : answer.close.at(-1);
  const end = later?.open[0];
  return {
    from,
    to,
    fold,
    query: { from: instant(from), ...(end && { to: instant(end - 1) }) },
    baseDay: daysAfter(answer.day[0], -1),
  };
}

/** Counted back from the latest value, like the changes. */
function firstDay(range, day) {
  const [year, month, date] = day.split('-').map(Number);
  const back = (years, months) => {
    // 31 March minus one month is 28 February
    const last = new Date(Date.UTC(year - years, month - months, 0)).getUTCDate();
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
  const [answer, fold, fired, before, averages] = await Promise.all([
    history(view.code, {
      ...window.query,
      ...measureOf(indicator),
      ...(candles ? { interval: isLong(window) ? CANDLES_OF_MONTHS : CANDLES, maxPoints: MAX_CANDLES } : resolutionOf(window)),
    }),
    foldOf(view.code, window),
    alerts(view.code, { from: window.query.from }),
    baseBefore(view.code, indicator, window),
    view.averages.length
      ? history(view.code, {
          ...(window.query.from && { from: daysAfter(window.query.from.slice(0, 10), -MAX_AVERAGE_DAYS) }),
          ...measureOf(indicator),
          interval: '1d',
        })
      : null,
  ]);
  if (!answer) return null;
  const { points } = answer;
  const line = {
    ...identity(view.code, indicator),
    interval: answer.interval,
    unit: answer.unit,
    ...points,
    gaps: breaksOf(answer),
  };
  const base = before ?? firstClose(line);
  const shown =
    !before && !window.own && points.t[0] > window.from
      ? since(points.t[0], window, within(answer) && fold)
      : { window, fold: within(answer) ? fold : null };
  return {
    view,
    ...shown,
    lines: [line],
    averages:
      averages && !within(answer)
        ? view.averages.map((days) => averageOf(averages.points, days, points.t, answer.interval))
        : [],
    base,
    percent: view.scale === 'percent',
    suspects: (answer.suspect ?? []).map(({ t, number, reason }) => ({ t, value: number, reason })),
    implied: points.t.flatMap((t, i) =>
      points.count[i] === 0 && points.close[i] != null && indicator.level ? [{ t, value: points.close[i] }] : [],
    ),
    voided: (answer.voided ?? []).map(({ t, number, reason }) => ({ t, value: number, reason })),
    levelChanges: (answer.levelChanges ?? []).map((at) => points.t.findLast((t) => t <= at) ?? points.t[0]),
    gaps: gapsOf(answer),
    alerts: (fired?.items ?? []).filter((alert) => isShown(alert, window, within(answer))),
    previousClose:
      within(answer) && !window.own && window.from != null && window.to - window.from < 10 * DAY ? before : null,
    csv:
      `/api/v1/indicators/${encodeURIComponent(view.code)}/history.csv?` +
      new URLSearchParams({ maxPoints: 100_000, ...window.query, ...measureOf(indicator), interval: answer.interval }),
  };
}

/** [from, to] of each time in which the market was open and nothing was observed. */
export function gapsOf({ gaps }) {
  return (gaps ?? []).map(({ from, to }) => [from, to]);
}

/** The same, and the days of a return index without an observation. */
export function breaksOf(answer) {
  const { t, close } = answer.points;
  return [
    ...gapsOf(answer),
    ...(answer.measure === 'returnIndex' ? t.flatMap((at, i) => (close[i] == null ? [[at, at + DAY]] : [])) : []),
  ];
}

const isLong = ({ from, to }) => from == null || to - from > MAX_FOLDED;

export function resolutionOf({ from, to }) {
  if (isLong({ from, to })) return { interval: BY_DAY };
  return to - from <= DAY ? { maxPoints: MAX_OF_A_DAY } : {};
}

/** Lets a range that begins before the first value begin there. */
function since(first, window, fold) {
  if (!fold) return { window: { ...window, from: first }, fold: null };
  if (first >= fold.to) return { window, fold }; // observed after market hours
  const cut = fold.since(first);
  return { window: { ...window, from: cut.from }, fold: cut };
}

/** A day's value can be observed, and fire an alert, the next morning. */
function isShown({ firedAt, tradingDay }, { from, to, query }, withinDays) {
  if (from == null) return true;
  if (withinDays) return !query.to || Date.parse(firedAt) < to;
  return tradingDay >= dayOf(from) && tradingDay <= dayOf(to - 1);
}

async function compared(view, indicators, window) {
  const codes = [view.code, ...view.compare];
  const bases = await Promise.all(codes.map((code) => baseBefore(code, indicators.get(code), window)));
  const shortly =
    window.from != null &&
    window.to - window.from <= MAX_COMPARED_WITHIN_DAYS &&
    codes.every((code) => indicators.get(code).level);
  const lines = shortly
    ? await comparedWithinDays(codes, indicators, window, bases)
    : await comparedByDay(codes, indicators, window, bases[0]);
  return lines && {
    view,
    window,
    lines,
    base: bases[0],
    rebased: true,
    fold: shortly && lines.some(within) ? await foldOf(view.code, window) : null,
    suspects: [],
    implied: [],
    voided: [],
    levelChanges: [],
    gaps: [],
    alerts: [],
    previousClose: null,
    csv: shortly
      ? null
      : '/api/v1/compare.csv?' +
        new URLSearchParams({
          codes: codes.join(','),
          maxPoints: 100_000,
          ...window.query,
          ...(bases[0] && !window.own && { from: bases[0].day }),
        }),
  };
}

/** Rebases each series to 100 at the base of its own changes, else at its first observation. */
async function comparedWithinDays(codes, indicators, window, bases) {
  const answers = await Promise.all(codes.map((code) => history(code, { ...window.query, ...resolutionOf(window) })));
  if (answers.some((answer) => !answer)) return null;
  return answers.map((answer, i) => {
    const kept = answer.points.t.map((t, k) => k).filter((k) => answer.points.close[k] != null);
    const base = bases[i]?.value ?? answer.points.close[kept[0]];
    const close = kept.map((k) => (answer.points.close[k] / base) * 100);
    return {
      ...identity(codes[i], indicators.get(codes[i])),
      interval: answer.interval,
      unit: '',
      t: kept.map((k) => answer.points.t[k]),
      close,
      count: kept.map(() => 1),
      gaps: gapsOf(answer),
    };
  });
}

/** Begins with the close that changes of the first series are measured from. */
async function comparedByDay(codes, indicators, window, base) {
  const answer = await comparison(codes, { ...window.query, ...(base && !window.own && { from: base.day }) });
  return (
    answer &&
    answer.items.map((item, i) => ({
      ...identity(codes[i], indicators.get(codes[i])),
      interval: answer.interval,
      unit: '',
      t: answer.t,
      close: item.close,
      count: answer.t.map(() => 1),
      gaps: gapsOf(item),
    }))
  );
}

function identity(address, indicator) {
  return {
    address,
    code: indicator.code,
    level: indicator.level,
    ...(indicator.level ? { decimals: indicator.decimals } : { decimals: 2, most: MAX_INDEX_DECIMALS }),
  };
}

function measureOf(indicator) {
  return indicator.level ? {} : { measure: 'returnIndex' };
}

async function foldOf(code, window) {
  if (window.fold !== undefined) return window.fold;
  return window.from == null ? null : foldBetween(code, window.from, window.to);
}

/** The market hours of a range; null where nothing is folded. */
export async function foldBetween(code, from, to) {
  if (to - from > MAX_FOLDED) return null;
  const answer = await sessions(code, { from: dayOf(from), to: dayOf(to - 1) });
  return answer && Fold.of(answer, from, to);
}

/** The base of changes: the close before the window; for a custom range, the last observation before it. */
async function baseBefore(code, indicator, window) {
  if (window.baseDay == null) return null;
  if (window.own && indicator.level) {
    const answer = await observations(code, { to: instant(window.from), limit: 20 });
    const last = answer?.items.find(
      ({ quality, value, superseded }) => quality !== 'suspect' && !superseded && value != null,
    );
    return last && last.tradingDay >= daysAfter(dayOf(window.from), -MAX_SILENCE_DAYS)
      ? { value: last.value, day: last.tradingDay }
      : null;
  }
  const answer = await history(code, {
    from: daysAfter(window.baseDay, -MAX_SILENCE_DAYS),
    to: window.baseDay,
    interval: '1d',
    ...measureOf(indicator),
  });
  const i = answer?.points.close.findLastIndex((close) => close != null) ?? -1;
  return i < 0 ? null : { value: answer.points.close[i], day: dayOf(answer.points.t[i]) };
}

/** Without an earlier value, the close of the first shown day is the base. */
function firstClose({ t, close }) {
  const trusted = t.map((at, i) => i).filter((i) => close[i] != null);
  if (!trusted.length) return null;
  const day = dayOf(t[trusted[0]]);
  return { value: close[trusted.findLast((i) => dayOf(t[i]) === day)], day };
}
