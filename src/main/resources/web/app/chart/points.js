// The numbers behind the chart: as a table, and where each came from.
import { observations } from './market.js';
import { dayOf, within } from './picture.js';
import { sentenceOf } from './drawing.js';
import { level, number, time } from '../words.js';

const INTERVALS = ['raw', '1h', '1d', '1w', '1mo'];
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The stretch of time that a point stands for, as the API takes it: instants, or trading days. */
export function stretchOf(line, t) {
  const later = line.t[line.t.indexOf(t) + 1];
  switch (line.interval) {
    case 'raw': return { from: new Date(t).toISOString(), to: new Date(t).toISOString().replace('Z', '999Z') };
    case '1h': return { from: new Date(t).toISOString(), to: new Date(t + HOUR - 1).toISOString() };
    case '1d': return { from: dayOf(t), to: dayOf(t) };
    case '1w': return { from: dayOf(t), to: dayOf(t + 6 * DAY) };
    default: return { from: dayOf(t), to: dayOf(later == null ? t + 27 * DAY : Math.min(later - DAY, t + 30 * DAY)) };
  }
}

/** Says what the point at t is, and shows the way to its capture. */
export async function showPoint(box, picture, t, words) {
  const line = picture.lines.find((each) => each.t.includes(t)) ?? picture.lines[0];
  box.hidden = false;
  box.replaceChildren(`${sentenceOf(picture, t, words)} `);
  const shown = box.firstChild;
  const stretch = stretchOf(line, t);
  const list = link(listAddress(line, stretch), words.allObservations);
  const answer = await observations(line.address, { ...stretch, limit: 1 });
  if (box.firstChild !== shown) return; // another was chosen meanwhile
  const capture = answer?.items[0]?.captureId;
  if (answer?.items.length) box.append('· ', capture ? link(`/captures/${capture}`, words.capture) : words.ofFile, ' · ', list);
}

/** Fills the table, the newest first. */
export function fillTable(details, picture, words) {
  const [line] = picture.lines;
  const several = picture.lines.length > 1;
  const bars = !several && line.open && line.interval !== 'raw';
  details.querySelector('caption').textContent = `${picture.lines.map(({ code }) => code).join(', ')} · ${words.intervals.split('|')[INTERVALS.indexOf(line.interval)]}`;
  const heads = several ? [words.time, ...picture.lines.map(({ code }) => code)]
    : [words.time, ...(bars ? [words.open, words.high, words.low] : []), bars ? words.close : words.value, words.count, words.note, words.from];
  details.querySelector('thead').replaceChildren(row('th', heads, (cell, i) => { cell.scope = 'col'; cell.className = i && i < heads.length - (several ? 0 : 2) ? 'num' : ''; }));
  const notes = new Map([...picture.suspects.map(({ t, reason }) => [t, reason === 'market-closed' ? words.suspectClosed : words.suspectCheck]), ...picture.implied.map(({ t }) => [t, words.implied])]);
  const times = [...new Set(picture.lines.flatMap((each) => each.t))].sort((a, b) => b - a);
  const places = picture.lines.map((each) => new Map(each.t.map((t, i) => [t, i])));
  const rows = times.map((t) => {
    const at = within(line) ? time(t) : dayOf(t);
    if (several) return row('td', [at, ...picture.lines.map((each, i) => level(each.close[places[i].get(t)], 2))], figures);
    const i = places[0].get(t);
    const cells = [at, ...(bars ? [line.open[i], line.high[i], line.low[i]].map((value) => level(value, line.decimals)) : []), level(line.close[i], line.decimals), number(line.count[i]), notes.get(t) ?? ''];
    const made = row('td', cells, (cell, k) => figures(cell, k < cells.length - 1 ? k : 0));
    const from = document.createElement('td');
    from.append(link(listAddress(line, stretchOf(line, t)), words.observations));
    made.append(from);
    return made;
  });
  details.querySelector('tbody').replaceChildren(...rows);
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

function listAddress(line, stretch) {
  return `/observations/${encodeURIComponent(line.address)}?${new URLSearchParams(stretch)}`;
}

function link(href, text) {
  const made = document.createElement('a');
  made.href = href;
  made.textContent = text;
  return made;
}
