// The numbers of the chart as a table, and the origin of each point.
import { observations } from './market.js';
import { momentsOf, sentenceOf, voidedOf } from './drawing.js';
import { level, number, when, whySuspect } from '../words.js';
import { CLOCK, DAY, dayOf, endOfMonths } from './wib.js';

const INTERVALS = ['raw', ...Object.keys(CLOCK), '1d', '1w', '1mo', '1q', '1y'];

/** The period of a point as parameters of the API: instants or trading days. */
function periodOf(line, t) {
  switch (line.interval) {
    case 'raw': return { from: new Date(t).toISOString(), to: new Date(t).toISOString().replace('Z', '999Z') };
    case '1d': return { from: dayOf(t), to: dayOf(t) };
    case '1w': return { from: dayOf(t), to: dayOf(t + 6 * DAY) };
    case '1mo': return { from: dayOf(t), to: endOfMonths(t, 1) };
    case '1q': return { from: dayOf(t), to: endOfMonths(t, 3) };
    case '1y': return { from: dayOf(t), to: endOfMonths(t, 12) };
    default: return { from: new Date(t).toISOString(), to: new Date(t + CLOCK[line.interval] - 1).toISOString() };
  }
}

/** Shows the point at t and links to its capture. */
export async function showPoint(box, picture, t, words) {
  const line = picture.lines.find((each) => each.t.includes(t)) ?? picture.lines[0];
  box.hidden = false;
  box.replaceChildren(`${sentenceOf(picture, t, words)} `);
  const shown = box.firstChild;
  const period = periodOf(line, t);
  const list = link(listAddress(line, period), words.allObservations);
  const answer = await observations(line.address, { ...period, limit: 50 });
  if (box.firstChild !== shown || !answer?.items.length) return; // another point was chosen meanwhile
  // skips observations that the bar ignores
  const { captureId: capture } =
    answer.items.find(({ quality, superseded }) => quality !== 'suspect' && !superseded) ?? answer.items[0];
  box.append('· ', capture ? link(`/captures/${capture}`, words.capture) : words.ofFile, ' · ', list);
}

/** Fills the table, newest first. */
export function fillTable(details, picture, words) {
  const [line] = picture.lines;
  const several = picture.lines.length > 1;
  const bars = !several && line.open && line.interval !== 'raw';
  const interval = words.intervals.split('|')[INTERVALS.indexOf(line.interval)];
  details.querySelector('caption').textContent = `${picture.lines.map(({ code }) => code).join(', ')} · ${interval}`;
  const heads = several
    ? [words.time, ...picture.lines.map(({ code }) => code)]
    : [
        words.time,
        ...(bars ? [words.open, words.high, words.low] : []),
        bars ? words.close : words.value,
        words.count,
        words.note,
        words.from,
      ];
  details.querySelector('thead').replaceChildren(
    row('th', heads, (cell, i) => {
      cell.scope = 'col';
      cell.className = i && i < heads.length - (several ? 0 : 2) ? 'num' : '';
    }),
  );
  const notes = new Map([
    ...picture.suspects.map(({ t, reason }) => [t, whySuspect(reason, words)]),
    ...picture.implied.map(({ t }) => [t, words.implied]),
    ...picture.levelChanges.map((t) => [t, words.levelChanged]),
  ]);
  const times = several
    ? [...new Set(picture.lines.flatMap((each) => each.t))].sort((a, b) => b - a)
    : momentsOf(picture).reverse();
  const places = picture.lines.map((each) => new Map(each.t.map((t, i) => [t, i])));
  const voided = new Map(picture.voided.map((each) => [each.t, each]));
  const suspects = new Map(picture.suspects.map(({ t, value }) => [t, value]));
  const rows = times.flatMap((t) => {
    const at = when(t, line.interval);
    if (several)
      return [row('td', [at, ...picture.lines.map((each, i) => level(each.close[places[i].get(t)], 2, 2))], figures)];
    const i = places[0].get(t);
    const made = i == null
      ? []
      : [
          [
            at,
            ...(bars
              ? [line.open[i], line.high[i], line.low[i]].map((value) => level(value, line.decimals, line.most))
              : []),
            level(suspects.get(t) ?? line.close[i], line.decimals, line.most),
            number(line.count[i]),
            notes.get(t) ?? '',
          ],
        ];
    const struck = voided.has(t)
      ? [[at, level(voided.get(t).value, line.decimals), number(0), voidedOf(voided.get(t).reason, words)]]
      : [];
    return [
      ...made.map((cells) => withLink(cells, line, t, words)),
      ...struck.map((cells) => withLink(cells, line, t, words, 'struck')),
    ];
  });
  details.querySelector('tbody').replaceChildren(...rows);
}

function withLink(cells, line, t, words, kind = '') {
  const made = row('td', cells, (cell, k) => figures(cell, k < cells.length - 1 ? k : 0));
  made.className = kind;
  const from = document.createElement('td');
  from.append(link(listAddress(line, periodOf(line, t)), words.observations));
  made.append(from);
  return made;
}

function figures(cell, i) {
  if (i) cell.className = 'num';
}

function row(kind, texts, dress) {
  const made = document.createElement('tr');
  texts.forEach((text, i) => {
    const cell = document.createElement(kind);
    cell.textContent = text;
    dress(cell, i);
    made.append(cell);
  });
  return made;
}

function listAddress(line, period) {
  return `/observations/${encodeURIComponent(line.address)}?${new URLSearchParams(period)}`;
}

function link(href, text) {
  const made = document.createElement('a');
  made.href = href;
  made.textContent = text;
  return made;
}

/** CSV of several series within days; the API compares by day only. */
export function csvOf(picture) {
  const places = picture.lines.map((each) => new Map(each.t.map((t, i) => [t, each.close[i]])));
  const times = [...new Set(picture.lines.flatMap((each) => each.t))].sort((a, b) => a - b);
  const rows = times.map((t) => [new Date(t).toISOString(), ...places.map((values) => values.get(t) ?? '')]);
  return (
    [['time', ...picture.lines.map(({ code }) => harmless(code))], ...rows]
      .map((cells) => cells.map(quoted).join(','))
      .join('\n') + '\n'
  );
}

/** Escapes text that a spreadsheet would read as a formula. */
function harmless(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(cell) {
  return /[",\n]/.test(cell) ? `"${String(cell).replaceAll('"', '""')}"` : cell;
}
