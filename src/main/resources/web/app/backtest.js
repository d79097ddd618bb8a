// The result of a backtest as a sentence, a table and a chart.
import { plainDrawing, precisionOf } from './chart/drawing.js';
import { history } from './chart/market.js';
import { startPlot } from './chart/plot.js';
import { sort } from './tables.js';
import { fill, measured, number, time } from './words.js';

export function startBacktest() {
  const section = document.getElementById('past');
  const box = document.getElementById('past-chart');
  const choice = document.getElementById('past-code');
  const inputs = [...document.querySelectorAll('input[name=codes]')];
  const codes = new Map(inputs.map((input) => [input.value, input.dataset]));
  let plot;
  let result;

  async function draw() {
    const code = choice.value;
    const { address, measure, decimals } = codes.get(code) ?? { address: code };
    const answer = await history(address, { measure });
    if (!answer || code !== choice.value) return; // another code was chosen meanwhile
    const firings = result.firings.filter((firing) => firing.code === code);
    const end = Math.max(answer.points.t.at(-1) ?? 0, Date.parse(result.to));
    plot ??= startPlot(box);
    plot.draw(plainDrawing(answer, {
      areas: firings.map(({ firedAt, resolvedAt }) => [Date.parse(firedAt), resolvedAt ? Date.parse(resolvedAt) : end]),
      dots: firings.filter(({ value }) => value != null).map(({ firedAt, value }) => [Date.parse(firedAt), value]),
    }, box.dataset.suspect, decimals));
    box.dataset.firings = firings.length;
  }

  choice.addEventListener('change', draw);

  /** @param answer the response of the API */
  return async function show(answer) {
    result = answer;
    section.hidden = false;
    document.getElementById('past-sentence').textContent = sentence(section.dataset, result);
    const evaluated = result.indicators.filter(({ observations }) => observations > 0)
      .sort((a, b) => b.count - a.count);
    choice.replaceChildren(...evaluated.map(({ code, count }) => new Option(`${code} (${number(count)})`, code)));
    document.getElementById('past-choice').hidden = evaluated.length < 2;
    document.getElementById('past-table').hidden = result.firings.length === 0;
    const rows = result.firings.map((firing) => row(section, firing, codes.get(firing.code)));
    document.getElementById('past-rows').replaceChildren(...rows);
    sort(document.getElementById('past-firings'));
    box.hidden = evaluated.length === 0;
    if (evaluated.length) await draw();
    document.getElementById('past-title').focus();
  };
}

/** What the rule would have done. */
export function sentence(words, { count, perMonth, from, to, observations, firings }) {
  if (!from) return words.nothing;
  const values = {
    count: number(count),
    month: number(perMonth),
    from: time(from),
    to: time(to),
    observations: number(observations),
  };
  const template = count === 0 ? words.never : perMonth == null ? words.timesShort : words.times;
  const shown = firings.length < count ? ' ' + fill(words.shown, { count: number(firings.length) }) : '';
  return fill(template, values) + shown;
}

function row(section, firing, { measure, decimals } = {}) {
  const precision = precisionOf(measure, decimals, [firing.value, firing.worstValue]);
  const labels = [...section.querySelectorAll('thead th')].map((head) => head.textContent);
  const shown = (value, percent) => measured(value, percent, precision.decimals, precision.most);
  const cells = [
    firing.code,
    time(firing.firedAt),
    firing.resolvedAt ? time(firing.resolvedAt) : section.dataset.still,
    shown(firing.value, firing.changePercent),
    shown(firing.worstValue, firing.worstChangePercent),
  ];
  const line = document.createElement('tr');
  const keys = [
    firing.code,
    Date.parse(firing.firedAt),
    firing.resolvedAt ? Date.parse(firing.resolvedAt) : '',
    firing.value ?? firing.changePercent ?? '',
    firing.worstChangePercent ?? firing.worstValue ?? '',
  ];
  cells.forEach((text, i) => {
    const cell = document.createElement(i ? 'td' : 'th');
    if (!i) cell.scope = 'row';
    else cell.dataset.label = labels[i];
    if (i > 2) cell.className = 'num';
    cell.dataset.sort = keys[i];
    cell.textContent = text;
    line.append(cell);
  });
  return line;
}
