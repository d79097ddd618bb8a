import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { DataZoomComponent, GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([LineChart, DataZoomComponent, GraphicComponent, GridComponent, TooltipComponent, CanvasRenderer]);

// as long as nobody chose one
const DEFAULT_RANGE = 'P7D';
const lang = document.documentElement.lang;
const ZONE = 'Asia/Jakarta';
const HALF_A_DAY = 43_200_000;

/** The chart of the chosen indicator. Which one and which range stand in the page's address. */
export function startChart() {
  const section = document.getElementById('chart-section');
  if (!section) return null;
  const box = document.getElementById('chart');
  box.hidden = document.getElementById('ranges').hidden = false; // they do nothing without this script
  const chart = echarts.init(box, null, { renderer: 'canvas' });
  const state = readAddress(section.dataset.code);
  let answer = null;
  let timer;

  async function load() {
    const asked = { ...state };
    const fresh = await history(asked.code, asked.range);
    if (asked.code !== state.code || asked.range !== state.range || !fresh) return; // another was chosen meanwhile
    if (!fresh.points.t.length && state.range === DEFAULT_RANGE && !new URLSearchParams(location.search).has('range')) {
      state.range = ''; // nothing that recent: show what there is
      mark(section, state);
      load();
      return;
    }
    answer = fresh;
    draw(chart, box, answer);
    box.dataset.drawn = `${answer.code} ${answer.points.t.length}`;
  }

  function choose(change) {
    Object.assign(state, change);
    window.history.pushState(null, '', address(state));
    mark(section, state);
    load();
  }

  document.addEventListener('click', (event) => {
    const pick = event.target.closest('a.pick');
    if (pick && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose({ code: pick.dataset.code });
    }
  });
  section.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-range]');
    if (button) choose({ range: button.dataset.range });
  });
  window.addEventListener('popstate', () => {
    Object.assign(state, readAddress(section.dataset.code));
    mark(section, state);
    load();
  });
  window.addEventListener('resize', () => chart.resize());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => answer && draw(chart, box, answer));

  mark(section, state);
  load();
  return {
    quoteArrived(code) {
      if (answer && code === answer.code) {
        clearTimeout(timer);
        timer = setTimeout(load, 200);
      }
    },
  };
}

/** @param fallback the code that the server understood, where the address is written by hand (lq45, USD/IDR) */
function readAddress(fallback) {
  const parameters = new URLSearchParams(location.search);
  const code = parameters.get('code');
  const range = parameters.get('range');
  return {
    code: document.getElementById('row-' + code) ? code : fallback,
    range: [...document.querySelectorAll('button[data-range]')].some((button) => button.dataset.range === range) ? range : DEFAULT_RANGE,
  };
}

function address(state) {
  return '/?' + new URLSearchParams({ code: state.code, range: state.range });
}

function mark(section, state) {
  const row = document.getElementById('row-' + state.code);
  document.querySelectorAll('tr.chosen').forEach((other) => other.classList.remove('chosen'));
  if (row) {
    row.classList.add('chosen');
    const title = document.getElementById('chart-title');
    title.replaceChildren(row.querySelector('.pick').textContent + ' ', row.querySelector('.name')?.cloneNode(true) ?? '');
  }
  section.querySelectorAll('button[data-range]').forEach((button) => button.setAttribute('aria-pressed', button.dataset.range === state.range));
}

/** Funds have no level: their chart is a return index of trading days. */
async function history(code, range) {
  const measure = document.getElementById('row-' + code)?.dataset.measure;
  const parameters = new URLSearchParams({ maxPoints: 1500 });
  if (range) parameters.set('from', range);
  if (measure) parameters.set('measure', measure);
  try {
    const response = await fetch(`/api/v1/indicators/${encodeURIComponent(code)}/history?${parameters}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the live stream says that the server is away
  }
}

function draw(chart, box, answer) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 4 });
  const daily = !['raw', '1h'].includes(answer.interval);
  const time = new Intl.DateTimeFormat(lang, daily ? { dateStyle: 'medium', timeZone: ZONE } : { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23', timeZone: ZONE });
  const short = new Intl.DateTimeFormat(lang, { ...axisUnits(spanDays(answer)), timeZone: ZONE });
  const suspect = new Map((answer.suspect || []).map((point) => [point.t, point]));
  const data = answer.points.t.map((t, i) => ({
    value: [t, answer.points.close[i]],
    symbol: suspect.has(t) ? 'emptyCircle' : 'none',
    symbolSize: 9,
  }));
  chart.setOption({
    animation: false,
    backgroundColor: 'transparent',
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'cross', label: { show: false } },
      backgroundColor: color('--panel'),
      borderColor: color('--line'),
      textStyle: { color: color('--text') },
      formatter: ([point]) => `${time.format(point.value[0])}${daily ? '' : ' WIB'}\n${number.format(point.value[1])} ${answer.unit}${suspect.has(point.value[0]) ? ` (${box.dataset.suspect})` : ''}`,
    },
    xAxis: {
      type: 'time',
      ...(data.length === 1 && { min: data[0].value[0] - HALF_A_DAY, max: data[0].value[0] + HALF_A_DAY }),
      axisLabel: { color: color('--muted'), hideOverlap: true, formatter: (value) => short.format(value) },
      axisLine: { lineStyle: { color: color('--line') } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { color: color('--muted'), formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: color('--line') } },
    },
    dataZoom: [{ type: 'inside', filterMode: 'none' }],
    series: [{
      type: 'line',
      showSymbol: true,
      connectNulls: false,
      lineStyle: { width: 2, color: color('--accent') },
      itemStyle: { color: color('--accent') },
      areaStyle: { color: color('--accent'), opacity: 0.08 },
      data: data.length === 1 ? [{ ...data[0], symbol: 'circle' }] : data,
    }],
    graphic: data.length === 0 ? [{ type: 'text', left: 'center', top: 'middle', style: { text: box.dataset.noPoints, fill: color('--muted'), fontSize: 14 } }] : [],
  }, { notMerge: true });
}

function axisUnits(days) {
  if (days > 300) return { month: 'short', year: 'numeric' };
  return days > 3 ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
}

function spanDays(answer) {
  const t = answer.points.t;
  return t.length ? (t[t.length - 1] - t[0]) / 86_400_000 : 0;
}
