// What the chart shows, as it stands in the page's address, so that a link leads to the same.

/** What the ranges are called. */
export const RANGES = ['1D', '5D', '1M', '3M', '6M', 'YTD', '1Y', '5Y', 'All'];
const FORMS = ['line', 'area', 'candles'];
const SCALES = ['level', 'percent'];
// as addresses had them before
const OLDER_RANGES = { P1D: '1D', P7D: '5D', P1M: '1M', P1Y: '1Y' };
const MOST_COMPARED = 19;
const EARLIEST = Date.parse('1970-01-01');
const LATEST = Date.parse('2200-01-01');

/**
 * @param known the addresses of the indicators, as a set
 * @param fallback the one that the server understood, where the address is written by hand (lq45, USD/IDR)
 * @returns {{code: string, compare: string[], range: ?string, day: ?string, from: ?number, to: ?number, form: string, scale: string}}
 *     range: null where none is chosen; day: the trading day that it ends with, null for the newest; from and to: epoch
 *     milliseconds of a range of one's own
 */
export function readView(search, known, fallback) {
  const parameters = new URLSearchParams(search);
  const code = known.has(parameters.get('code')) ? parameters.get('code') : fallback;
  const compare = (parameters.get('compare') ?? '').split(',').filter((other) => known.has(other) && other !== code);
  const from = Date.parse(parameters.get('from') ?? '');
  const to = Date.parse(parameters.get('to') ?? '');
  const own = EARLIEST <= from && from < to && to <= LATEST; // and neither is NaN
  return {
    code,
    compare: [...new Set(compare)].slice(0, MOST_COMPARED),
    range: own ? null : range(parameters),
    day: own ? null : date(parameters.get('day')),
    from: own ? from : null,
    to: own ? to : null,
    form: oneOf(FORMS, parameters.get('form')),
    scale: oneOf(SCALES, parameters.get('scale')),
  };
}

/** The address of a view, without what goes without saying. */
export function addressOf(view) {
  const parameters = new URLSearchParams({ code: view.code });
  if (view.compare.length) parameters.set('compare', view.compare.join(','));
  if (view.from != null) {
    parameters.set('from', new Date(view.from).toISOString());
    parameters.set('to', new Date(view.to).toISOString());
  } else {
    if (view.range) parameters.set('range', view.range);
    if (view.day) parameters.set('day', view.day);
  }
  if (view.form !== FORMS[0]) parameters.set('form', view.form);
  if (view.scale !== SCALES[0]) parameters.set('scale', view.scale);
  return '/?' + parameters;
}

function range(parameters) {
  if (!parameters.has('range')) return null;
  const given = parameters.get('range');
  if (given === '') return 'All'; // as older addresses had it
  const name = OLDER_RANGES[given] ?? given;
  return RANGES.find((known) => known.toLowerCase() === name.toLowerCase()) ?? null;
}

/** A day that there is, or null. */
function date(text) {
  const parsed = new Date(text ?? '');
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text ? text : null;
}

function oneOf(words, word) {
  return words.includes(word) ? word : words[0];
}
