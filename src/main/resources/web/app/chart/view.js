// The view of the chart as parameters of the page's URL, so that a link shows the same.

/** The names of the ranges. */
const RANGES = ['1D', '5D', '1M', '3M', '6M', 'YTD', '1Y', '5Y', 'All'];
const FORMS = ['line', 'area', 'candles'];
const SCALES = ['level', 'percent', 'log'];
const AVERAGES = [20, 50, 200];
// in URLs of older versions
const OLDER_RANGES = { P1D: '1D', P7D: '5D', P1M: '1M', P1Y: '1Y' };
const MAX_COMPARED = 19;
const EARLIEST = Date.parse('1970-01-01');
const LATEST = Date.parse('2200-01-01');

/**
 * @param known the set of indicator addresses
 * @param fallback the address that the server chose, for a code typed by hand (lq45, USD/IDR)
 * @returns {{code: string, compare: string[], range: ?string, day: ?string, from: ?number, to: ?number,
 *     form: string, scale: string, averages: number[]}}
 *     range: null if none is chosen; day: its last trading day, null for the latest;
 *     from and to: epoch milliseconds of a custom range
 */
export function readView(search, known, fallback) {
  const parameters = new URLSearchParams(search);
  const code = known.has(parameters.get('code')) ? parameters.get('code') : fallback;
  const compare = (parameters.get('compare') ?? '').split(',').filter((other) => known.has(other) && other !== code);
  const from = Date.parse(parameters.get('from') ?? '');
  const to = Date.parse(parameters.get('to') ?? '');
  const custom = EARLIEST <= from && from < to && to <= LATEST; // false for NaN
  return {
    code,
    compare: [...new Set(compare)].slice(0, MAX_COMPARED),
    range: custom ? null : range(parameters),
    day: custom ? null : date(parameters.get('day')),
    from: custom ? from : null,
    to: custom ? to : null,
    form: oneOf(FORMS, parameters.get('form')),
    scale: oneOf(SCALES, parameters.get('scale')),
    averages: AVERAGES.filter((days) => (parameters.get('average') ?? '').split(',').includes(String(days))),
  };
}

/** The URL of a view, without default values. */
export function addressOf(view) {
  const parameters = new URLSearchParams({ code: view.code });
  if (view.compare.length) parameters.set('compare', view.compare.join(','));
  if (view.from != null) {
    parameters.set('from', inMinutes(view.from));
    parameters.set('to', inMinutes(view.to));
  } else {
    if (view.range) parameters.set('range', view.range);
    if (view.day) parameters.set('day', view.day);
  }
  if (view.form !== FORMS[0]) parameters.set('form', view.form);
  if (view.scale !== SCALES[0]) parameters.set('scale', view.scale);
  if (view.averages.length) parameters.set('average', view.averages.join(','));
  return '/?' + parameters;
}

/** 2026-11-30T03:05Z */
function inMinutes(t) {
  return new Date(t).toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z');
}

function range(parameters) {
  if (!parameters.has('range')) return null;
  const given = parameters.get('range');
  if (given === '') return 'All'; // in URLs of older versions
  const name = OLDER_RANGES[given] ?? given;
  return RANGES.find((known) => known.toLowerCase() === name.toLowerCase()) ?? null;
}

/** A valid date, or null. */
function date(text) {
  const parsed = new Date(text ?? '');
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text ? text : null;
}

function oneOf(words, word) {
  return words.includes(word) ? word : words[0];
}
