// Converts a picture (see picture.js) to a drawing for the plot (see plot.js), and builds its legend.
import { day, digitsOf, fill, level, number, percent, range, when, whySuspect } from '../words.js';
import { breaksOf, gapsOf, MAX_INDEX_DECIMALS, within } from './picture.js';
import { CLOCK, DAY } from './wib.js';

/** The mark of a voided observation. */
const CROSS = 'path://M1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5L0 1Z';

/** @param words the texts in data attributes of the chart's section */
export function drawingOf(picture, words) {
  const [line] = picture.lines;
  const shown = picture.percent ? (value) => moved(value, picture.base) : (value) => value;
  const drawing = {
    words: {
      ohlc: [words.open, words.high, words.low, words.close],
      sinceStart: words.sinceStart,
      sinceDay: words.sinceDay,
    },
    series: picture.lines.map((each) => ({
      name: each.code,
      unit: unitOf(each.unit, words),
      ...(picture.rebased ? { decimals: 2, most: 2 } : { decimals: each.decimals, most: each.most }),
      gaps: each.gaps,
      interval: each.interval,
      points: pointsOf(each, shown, picture.fold),
    })),
    interval: line.interval,
    area: picture.view.form === 'area' && picture.lines.length === 1,
    percent: Boolean(picture.percent),
    log:
      picture.view.scale === 'log' &&
      picture.lines.length === 1 &&
      line.close.every((value) => value == null || value > 0),
    averages: (picture.averages ?? []).map(({ days, t, value }) => ({
      name: fill(words.average, { days: number(days) }),
      points: t.map((at, i) => [at, shown(value[i])]).filter(([, value]) => value != null),
    })),
    start:
      picture.base && !picture.rebased
        ? { value: shown(picture.base.value), raw: picture.base.value, day: picture.base.day }
        : null,
    last: lastOf(line, shown),
    extremes: extremesOf(picture, shown, words),
    from: picture.window.from,
    to: picture.window.to,
    fold: picture.fold,
    level: levelOf(picture, words),
    gaps: picture.gaps,
    hollow: [
      ...atTheEdge(
        picture.suspects.map(({ t, value }) => ({ t, value: shown(value), shape: 'emptyDiamond' })),
        line,
        shown,
      ),
      ...atTheEdge(picture.voided.map(({ t, value }) => ({ t, value: shown(value), shape: CROSS })), line, shown),
      ...picture.implied.map(({ t, value }) => ({ t, value: shown(value), shape: 'emptyCircle' })),
    ],
    fired: [],
    notes: notesOf(picture, words),
  };
  if (formOf(picture) === 'candles') drawing.series[0].candles = candlesOf(line, shown, picture.fold);
  if (picture.percent) drawing.series[0].levels = new Map(line.t.map((t, i) => [t, line.close[i]]));
  for (const alert of picture.alerts) {
    const t = placeOf(alert, line);
    const value = shown(alert.value ?? line.close[line.t.indexOf(t)]);
    if (t == null || value == null) continue;
    const sign = signOf(alert);
    drawing.fired.push({ t, value, ...sign });
    drawing.notes.set(t, [...(drawing.notes.get(t) ?? []), `${sign.glyph} ${alert.text}`]);
  }
  return drawing;
}

const FALL = { glyph: '▼', shape: 'triangle', rotate: 180 };
const RISE = { glyph: '▲', shape: 'triangle' };
const SILENCE = { glyph: '■', shape: 'rect' };

/** The mark of an alert points in the direction of the move. */
function signOf({ type, changePercent }) {
  switch (type) {
    case 'silent': return SILENCE;
    case 'above': case 'newHigh': return RISE;
    case 'changeOver': return changePercent > 0 ? RISE : FALL;
    default: return FALL;
  }
}

function unitOf(unit, words) {
  return { points: words.unitPoints, index: words.unitIndex }[unit] ?? unit;
}

function moved(value, base) {
  return value == null || !base?.value ? null : (value / base.value - 1) * 100;
}

/** A drawing of one API response with the given marks. */
export function plainDrawing(answer, marks, suspectWord, decimals) {
  const suspects = answer.suspect ?? [];
  const { t, close } = answer.points;
  const line = {
    name: answer.code,
    unit: answer.unit,
    ...precisionOf(answer.measure, decimals, close),
    interval: answer.interval,
    gaps: breaksOf(answer),
    t,
    close,
  };
  return {
    series: [{ ...line, points: pointsOf(line, (value) => value, marks.fold) }],
    interval: answer.interval,
    area: true,
    gaps: gapsOf(answer),
    hollow: atTheEdge(
      suspects.map((point) => ({ t: point.t, value: point.number, shape: 'emptyDiamond' })),
      line,
      (value) => value,
    ),
    notes: new Map(suspects.map((point) => [point.t, [`◇ ${level(point.number, line.decimals)} ${suspectWord}`]])),
    ...marks,
  };
}

/** The decimals of numbers of a measure; decimals: those of the indicator, or '' if it has none of its own. */
export function precisionOf(measure, decimals, values) {
  if (measure === 'returnIndex') return { decimals: 2, most: MAX_INDEX_DECIMALS };
  return {
    decimals:
      decimals === '' || decimals == null
        ? Math.max(0, ...values.filter((value) => value != null).map(digitsOf))
        : Number(decimals),
  };
}

/** The effective form: candles only for a single series with highs and lows. */
export function formOf(picture) {
  const [{ level: hasLevel, high, low }] = picture.lines;
  const spread = hasLevel && high?.some((value, i) => value !== low[i]);
  if (picture.lines.length > 1 || (picture.view.form === 'candles' && !spread)) return 'line';
  return picture.view.form;
}

/** The change over the shown range as a sentence; empty if unknown. */
export function summaryOf(picture, words) {
  if (picture.lines.length > 1) return '';
  const [line] = picture.lines;
  const last = line.close.findLastIndex((close) => close != null);
  const move = last < 0 ? null : moved(line.close[last], picture.base);
  if (move == null) return '';
  const { window } = picture;
  const { from, to } = window;
  const shown = !window.own && within(line) && from != null && to - from <= DAY ? `${day(from)} · ` : '';
  return shown + fill(window.own || picture.view.day && !shown ? words.sumRange : words.sum, {
    percent: `${move > 0 ? '▲ ' : move < 0 ? '▼ ' : ''}${percent(move)}`,
    day: day(Date.parse(picture.base.day)),
    range: range(from, to),
    from: level(picture.base.value, line.decimals, line.most),
    to: level(line.close[last], line.decimals, line.most),
  });
}

/** The last value of a line, which the axis shows; null if there is none. */
function lastOf({ close }, shown) {
  const value = close.findLast((each) => each != null);
  return value == null ? null : shown(value);
}

/** The highest and the lowest point of a single line. */
function extremesOf({ lines, view }, shown, words) {
  const [{ t, close, high, low }] = lines;
  const kept = t.map((at, i) => i).filter((i) => close[i] != null);
  if (lines.length > 1 || kept.length < 3) return [];
  const highs = view.form === 'candles' && high ? high : close;
  const lows = view.form === 'candles' && low ? low : close;
  const most = kept.reduce((best, i) => (highs[i] > highs[best] ? i : best));
  const least = kept.reduce((best, i) => (lows[i] < lows[best] ? i : best));
  if (highs[most] === lows[least]) return [];
  return [
    { t: t[most], value: shown(highs[most]), text: words.high, above: true },
    { t: t[least], value: shown(lows[least]), text: words.low },
  ];
}

/** The change of a compared line at a moment, or at its end. */
export function percentAt(line, t) {
  const i = line.close.findLastIndex((close, k) => close != null && (t == null || line.t[k] <= t));
  return i < 0 ? '–' : percent(line.close[i] - 100);
}

/** [class, text, and the symbol if the class has none] of each kind of mark in the picture. */
export function legendOf(picture, words) {
  return [
    picture.previousClose && ['dash', words.previousClose],
    picture.suspects.length && ['diamond', words.suspects],
    picture.voided.length && ['cross', words.voids],
    picture.implied.length && ['circle', words.implied],
    picture.alerts.length && [
      'alert',
      words.fired,
      [...new Set(picture.alerts.map((alert) => signOf(alert).glyph))].join(''),
    ],
    picture.gaps.length && ['band', words.gaps],
    picture.rebased && picture.lines.some(({ gaps }) => gaps?.length) && ['dots', words.gaps],
  ].filter(Boolean);
}

/**
 * Moves suspect outliers to the edge of the chart, so that they do not squeeze all other values; their note has the
 * number.
 */
function atTheEdge(hollow, line, shown) {
  const values = line.close.filter((value) => value != null).map(shown);
  if (!values.length) return hollow;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low) * 0.1 || Math.abs(high) * 0.001;
  return hollow.map((point) => ({ ...point, value: Math.max(low - air, Math.min(high + air, point.value)) }));
}

/** Omits points in folded hours that repeat the last value, and those without a value. */
function pointsOf(line, shown, fold) {
  const points = [];
  let last = null;
  line.t.forEach((t, i) => {
    const value = line.close[i];
    if (value == null) return;
    const length = CLOCK[line.interval];
    const at = length && fold ? fold.openWithin(t, length) ?? t : t;
    if (fold && value === last && !fold.isOpen(at)) return;
    last = value;
    points.push([t, shown(value), at]);
  });
  return points;
}

/** Draws a bar where the market opens in it, and omits one that is folded completely. */
function candlesOf(line, shown, fold) {
  return line.t.flatMap((t, i) => {
    const at = fold ? fold.openWithin(t, CLOCK[line.interval]) : t;
    if (line.close[i] == null || at == null) return [];
    return [[t, ...[line.open, line.close, line.low, line.high].map((column) => shown((column ?? line.close)[i])), at]];
  });
}

/** Whether something between two moments was not observed, so that no line connects them. */
export function isApart({ gaps, interval }, a, b) {
  // a day without an observation can have a close that the next day implies
  return (gaps ?? []).some(([from, to]) => to > a && (within({ interval }) ? from < b : from <= b) && a < b);
}

function levelOf(picture, words) {
  if (picture.rebased)
    return { value: 100, text: picture.base ? `${words.start}, ${day(Date.parse(picture.base.day))}` : words.start };
  if (!picture.previousClose) return null;
  const { value, day: on } = picture.previousClose;
  return { value: picture.percent ? 0 : value, text: `${words.previousClose}, ${day(Date.parse(on))}` };
}

function notesOf(picture, words) {
  const notes = new Map();
  for (const { t, value, reason } of picture.suspects)
    notes.set(t, [`◇ ${level(value, picture.lines[0].decimals)} ${words.suspect}: ${whySuspect(reason, words)}`]);
  for (const { t, value, reason } of picture.voided)
    notes.set(t, [
      ...(notes.get(t) ?? []),
      `✕ ${level(value, picture.lines[0].decimals)} ${voidedOf(reason, words)}`,
    ]);
  for (const { t } of picture.implied) notes.set(t, [...(notes.get(t) ?? []), `○ ${words.implied}`]);
  for (const t of picture.levelChanges) notes.set(t, [...(notes.get(t) ?? []), `⇅ ${words.levelChanged}`]);
  return notes;
}

export function voidedOf(reason, words) {
  return `${words.voided}: ${reason}`;
}

/** The moments of all points, including voided ones. */
export function momentsOf(picture) {
  return [...new Set([...picture.lines[0].t, ...picture.voided.map(({ t }) => t)])].sort((a, b) => a - b);
}

/** The point of an alert: its observation or the bar that it fired in; null if not shown. */
function placeOf(alert, line) {
  const at = Date.parse(within(line) ? alert.firedAt : `${alert.tradingDay}T00:00:00+07:00`);
  return line.t.findLast((t) => t <= at) ?? null;
}

/** A point as one line of text. */
export function sentenceOf(picture, t, words) {
  const values = picture.lines.flatMap((line) => {
    const i =
      picture.lines.length > 1 ? line.t.findLastIndex((at, k) => at <= t && line.close[k] != null) : line.t.indexOf(t);
    if (i < 0 || line.close[i] == null || isApart(line, line.t[i], t)) return [];
    return [
      picture.lines.length > 1
        ? `${line.code} ${level(line.close[i], 2, 2)}${line.t[i] === t ? '' : ` (${when(line.t[i], line.interval)})`}`
        : level(line.close[i], line.decimals, line.most),
    ];
  });
  return [when(t, picture.lines[0].interval), ...values, ...(notesOf(picture, words).get(t) ?? [])].join(' · ');
}
