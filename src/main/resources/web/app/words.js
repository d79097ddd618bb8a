// Formats texts, numbers and times in the reader's language, as the server does; the texts are attributes of the page.
const lang = document.documentElement.lang;
const minute = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Jakarta' });
const month = new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'Asia/Jakarta' });
const date = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'Asia/Jakarta' });
const clock = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Jakarta' });

/** Replaces each %name% with its value, in one pass, so that values with per cent signs stay as they are. */
export function fill(text, values) {
  return text.replace(/%(\w+)%/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function number(value, options) {
  return value == null ? '–' : new Intl.NumberFormat(lang, { maximumFractionDigits: 4, ...options }).format(value).replace('-', '−');
}

/** A level with at least the given number of decimals. */
export function level(value, decimals) {
  return number(value, { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 4) });
}

/** A value, with its change in brackets if known. */
export function measured(value, percent) {
  if (percent == null) return number(value);
  const moved = number(percent, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }) + '%';
  return value == null ? moved : `${number(value)} (${moved})`;
}

/** Why a point is suspect; a row of a file states no reason. */
export function whySuspect(reason, words) {
  return words[`why-${reason}`.replace(/-./g, ([, letter]) => letter.toUpperCase())] ?? words.whyCheckFailed;
}

/** The moment or period of a point. */
export function when(t, interval) {
  switch (interval) {
    case 'raw': return time(t);
    case '1h': return `${day(t)} ${minute.format(t)}–${minute.format(t + 3_600_000)} WIB`;
    case '1w': return `${day(t)} – ${day(t + 6 * 86_400_000)}`;
    case '1mo': return month.format(t);
    default: return day(t);
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

/** The same format as on the server. */
export function time(instant) {
  const part = partsOf(clock, new Date(instant));
  const at = [part.hour, part.minute, part.second].join(lang === 'id' ? '.' : ':');
  return `${part.day} ${part.month} ${part.year} ${at} WIB`;
}

function partsOf(format, instant) {
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
