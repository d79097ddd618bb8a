// A series as a line over time, with what happened to it marked.
import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { DataZoomComponent, GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([LineChart, DataZoomComponent, GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, CanvasRenderer]);

const lang = document.documentElement.lang;
const ZONE = 'Asia/Jakarta';
const HALF_A_DAY = 43_200_000;

/** Draws in the box, and again when its size or the colours change. */
export function startPlot(box) {
  const chart = echarts.init(box, null, { renderer: 'canvas' });
  let shown = null;
  const again = () => shown && draw(chart, box, ...shown);
  window.addEventListener('resize', () => chart.resize());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  return {
    /**
     * @param marks what is marked, all of it optional: lines [{ at, text, color }] upright, reference (a value) and
     *     referenceText, areas [[from, to]], points [[at, value]], from and to (the axis)
     */
    draw(answer, marks) {
      shown = [answer, marks];
      chart.resize(); // it may have been hidden
      again();
      if (marks?.lines) box.dataset.marked = marks.lines.length;
      box.dataset.drawn = `${answer.code} ${answer.points.t.length}`;
    },
  };
}

/** The points of an indicator, or null. Funds have no level: their measure is a return index of trading days. */
export async function history(code, { from, to, measure }) {
  const parameters = new URLSearchParams({ maxPoints: 1500 });
  for (const [name, value] of Object.entries({ from, to, measure })) if (value) parameters.set(name, value);
  try {
    const response = await fetch(`/api/v1/indicators/${encodeURIComponent(code)}/history?${parameters}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the live stream says that the server is away
  }
}

function draw(chart, box, answer, marks) {
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
      ...(marks?.from && { min: marks.from, max: marks.to }),
      ...(data.length === 1 && !marks?.from && { min: data[0].value[0] - HALF_A_DAY, max: data[0].value[0] + HALF_A_DAY }),
      axisLabel: { color: color('--muted'), hideOverlap: true, formatter: (value) => short.format(value) },
      axisLine: { lineStyle: { color: color('--line') } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      ...(marks?.reference != null && data.length > 0 && withReference(marks.reference)),
      axisLabel: { color: color('--muted'), ...(marks?.reference != null && { showMinLabel: false, showMaxLabel: false }), formatter: (value) => number.format(value) },
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
      ...marked(marks, color, number),
    }],
    graphic: data.length === 0 ? [{ type: 'text', left: 'center', top: 'middle', style: { text: box.dataset.noPoints, fill: color('--muted'), fontSize: 14 } }] : [],
  }, { notMerge: true });
}

/** An axis on which the reference has its place, with a little air. */
function withReference(reference) {
  const span = ({ min, max }) => [Math.min(min, reference), Math.max(max, reference)];
  const air = ([low, high]) => (high - low) * 0.08 || Math.abs(high) * 0.01 || 1;
  return { min: (values) => span(values)[0] - air(span(values)), max: (values) => span(values)[1] + air(span(values)) };
}

/** Marks in the colours of the page. */
function marked(marks, color, number) {
  if (!marks) return {};
  const upright = (marks.lines ?? []).map(({ at, text, color: name }, i) => ({
    xAxis: at,
    lineStyle: { color: color(name), type: 'solid', width: 2 },
    label: { formatter: text, color: color(name), position: i ? 'insideEndBottom' : 'insideEndTop' }, // on either side, also where they are close
  }));
  const level = marks.reference == null ? [] : [{
    yAxis: marks.reference,
    lineStyle: { color: color('--muted'), type: 'dashed', width: 1.5 },
    label: { formatter: `${marks.referenceText}: ${number.format(marks.reference)}`, color: color('--muted'), position: 'insideStartTop' },
  }];
  return {
    markLine: { silent: true, animation: false, symbol: 'none', data: [...upright, ...level] },
    markArea: { silent: true, animation: false, itemStyle: { color: color('--down'), opacity: 0.16 }, data: (marks.areas ?? []).map(([from, to]) => [{ xAxis: from }, { xAxis: to }]) },
    markPoint: { silent: true, animation: false, symbol: 'circle', symbolSize: 9, itemStyle: { color: color('--down') }, label: { show: false }, data: (marks.points ?? []).map((coord) => ({ coord })) },
  };
}

function axisUnits(days) {
  if (days > 300) return { month: 'short', year: 'numeric' };
  return days > 3 ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
}

function spanDays(answer) {
  const t = answer.points.t;
  return t.length ? (t[t.length - 1] - t[0]) / 86_400_000 : 0;
}
