// Formats texts, numbers and times in the reader's language, as the server does; the texts are attributes of the page.
import { CLOCK, DAY, endOfMonths, midnight } from './chart/wib.js';

const lang = document.documentElement.lang;
const minute = new Intl.DateTimeFormat(lang, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Jakarta',
});
const month = new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'Asia/Jakarta' });
const date = new Intl.DateTimeFormat(lang, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Asia/Jakarta',
});
const clock = new Intl.DateTimeFormat(lang, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Jakarta',
});

/** Replaces each %name% with its value, in one pass, so that values with per cent signs stay as they are. */
export function fill(text, values) {
  return text.replace(/%(\w+)%/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** With all its digits, unless the options limit them. */
export function number(value, options) {
  return value == null
    ? '–'
    : new Intl.NumberFormat(lang, { maximumFractionDigits: digitsOf(value), ...options })
        .format(value)
        .replace('-', '−');
}

/** The decimals of a number as it was written: 3 of 1.205, 7 of 1.2e-6. */
export function digitsOf(value) {
  const [digits, exponent = '0'] = String(value).split('e');
  return Math.min(20, Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent)));
}

/** A level with at least the given number of decimals, and all its own, or at most as many as given. */
export function level(value, decimals, most = 20) {
  return number(value, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, Math.min(most, digitsOf(value ?? 0))),
  });
}

/** A change in percent with its sign and two decimals. */
export function percent(value) {
  return number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }) + '%';
}

/** A value, with its change in brackets if known. */
export function measured(value, change, decimals, most) {
  if (change == null) return level(value, decimals, most);
  const moved = percent(change);
  return value == null ? moved : `${level(value, decimals, most)} (${moved})`;
}

/** Why a point is suspect; a row of a file states no reason. */
export function whySuspect(reason, words) {
  return words[`why-${reason}`.replace(/-./g, ([, letter]) => letter.toUpperCase())] ?? words.whyCheckFailed;
}

/** The moment or period of a point. */
export function when(t, interval) {
  switch (interval) {
    case 'raw': return time(t);
    case '1w': return `${day(t)} – ${day(t + 6 * DAY)}`;
    case '1mo': return month.format(t);
    case '1q': return `${month.format(t)} – ${month.format(midnight(endOfMonths(t, 3)))}`;
    case '1y': return dayOf(t).slice(0, 4);
    default: return interval in CLOCK ? `${day(t)} ${minute.format(t)}–${minute.format(t + CLOCK[interval])} WIB` : day(t);
  }
}

/** The trading day that begins at a moment. */
export function day(t) {
  const part = partsOf(date, t);
  return `${part.day} ${part.month} ${part.year}`;
}

export function dayAndMonth(t) {
  const part = partsOf(date, t);
  return `${part.day} ${part.month}`;
}

/** The days from one moment to another, both included; within one day its hours. */
export function range(from, to) {
  const last = to - 1;
  const [a, b] = [partsOf(date, from), partsOf(date, last)];
  if (day(from) === day(last)) return `${day(from)}, ${minute.format(from)}–${minute.format(to)} WIB`;
  return `${a.day} ${a.month}${a.year === b.year ? '' : ` ${a.year}`} – ${day(last)}`;
}

/** The same format as on the server. */
export function time(instant) {
  const part = partsOf(clock, new Date(instant));
  const at = [part.hour, part.minute, part.second].join(lang === 'id' ? '.' : ':');
  return `${part.day} ${part.month} ${part.year} ${at} WIB`;
}

function partsOf(format, instant) {
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
