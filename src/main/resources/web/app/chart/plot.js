// Draws time series with marks on a canvas, with ECharts.
import * as echarts from 'echarts/core';
import { CandlestickChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { dayAndMonth, level, number, when } from '../words.js';
import { DAY } from './wib.js';

echarts.use([CandlestickChart, LineChart, ScatterChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

const lang = document.documentElement.lang;
const ZONE = 'Asia/Jakarta';
/** The colours in the order of the lines; each line also has its name at its end, so that colour is not the only cue. */
const COLORS = ['--accent', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'];
/** More than fits a screen. */
const MOST_EXACT = 3000;
const SHARPNESS = 2;
const LINE_PIXELS = 20;
const DASHES = ['solid', 'dashed', 'dotted'];

/**
 * Draws in the box, and redraws when its size or the colours change. A drawing has:
 *     series: [{ name, unit, decimals, points: [[t, value, at]], candles: [[t, open, close, low, high, at]] }], one of the two; at: its position, if not t;
 *     interval: the period of a point; area: whether to fill below the line; percent: whether values are changes;
 *     from, to: the axis in epoch milliseconds, or absent; fold: see fold.js, or absent;
 *     notes: t to a text in the tooltip; hollow: [{ t, value, shape }]; fired: [{ t, value }];
 *     uprights: [{ at, text, color }]; level: { value, text }; areas and gaps: [[from, to]]; dots: [[t, value]]; each may be absent
 */
export function startPlot(box) {
  const chart = echarts.init(box, null, { renderer: 'canvas' });
  let shown = null;
  const again = () => shown && paint(chart, box, shown);
  new ResizeObserver(() => chart.resize()).observe(box);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  return {
    draw(drawing) {
      shown = drawing;
      again();
      box.dataset.drawn = drawing.series.map((series) => `${series.name} ${(series.points ?? series.candles).length}`).join(', ');
    },
    /** The moment at a position in pixels from the left of the box. */
    momentAt(x) {
      if (!shown) return null;
      const place = chart.convertFromPixel({ xAxisIndex: 0 }, x);
      return shown.fold ? shown.fold.moment(place) : place;
    },
    /** Shows the tooltip of a moment. */
    pointAt(t) {
      const x = chart.convertToPixel({ xAxisIndex: 0 }, shown.fold ? shown.fold.place(t) : t);
      chart.dispatchAction({ type: 'showTip', x, y: box.clientHeight / 2 });
    },
    /** A standalone image, with lines of text above the chart. */
    async image(lines) {
      const drawn = new Image();
      drawn.src = chart.getDataURL({ pixelRatio: SHARPNESS, backgroundColor: color('--panel') });
      await drawn.decode();
      const head = (lines.length * LINE_PIXELS + 8) * SHARPNESS;
      const canvas = Object.assign(document.createElement('canvas'), { width: drawn.width, height: drawn.height + head });
      const pen = canvas.getContext('2d');
      pen.fillStyle = color('--panel');
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = color('--text');
      lines.forEach((line, i) => {
        pen.font = `${i ? '' : 'bold '}${13 * SHARPNESS}px system-ui, sans-serif`;
        pen.fillText(line, 12 * SHARPNESS, (i + 1) * LINE_PIXELS * SHARPNESS, canvas.width - 24 * SHARPNESS);
      });
      pen.drawImage(drawn, 0, head);
      return canvas.toDataURL();
    },
  };
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function paint(chart, box, drawing) {
  const place = drawing.fold ? (t) => drawing.fold.place(t) : (t) => t;
  const percent = (value) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }) + '%';
  const format = (value, line) => (drawing.percent ? percent(value) : level(value, line.decimals ?? 0));
  const series = drawing.series.flatMap((line, i) => seriesOf(drawing, line, i, place));
  const empty = drawing.series.every((line) => (line.points ?? line.candles).length === 0);
  const named = drawing.series.length > 1;
  Object.assign(series[0], marks(drawing, place, format));
  chart.setOption({
    animation: false,
    useUTC: true, // ticks at 00:00 UTC are 07:00 WIB of the same day, in any browser time zone
    backgroundColor: 'transparent',
    grid: { left: 8, right: named ? 96 : 16, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'cross', label: { show: false }, crossStyle: { color: color('--muted') }, lineStyle: { color: color('--muted') } },
      backgroundColor: color('--panel'),
      borderColor: color('--line'),
      textStyle: { color: color('--text') },
      formatter: (points) => hover(drawing, points, format),
    },
    xAxis: drawing.fold ? folded(drawing) : timed(drawing),
    yAxis: {
      type: 'value',
      scale: true,
      ...(drawing.level && !empty && withLevel(drawing.level.value)),
      axisLabel: { color: color('--muted'), ...(drawing.level && { showMinLabel: false, showMaxLabel: false }), formatter: (value) => number(value) + (drawing.percent ? '%' : '') },
      splitLine: { lineStyle: { color: color('--line') } },
    },
    series,
  }, { notMerge: true });
  box.dataset.empty = empty; // the style sheet shows the text
}

function seriesOf(drawing, line, i, place) {
  const tint = color(COLORS[i % COLORS.length]);
  const main = line.candles
    ? { type: 'candlestick', name: line.name, data: line.candles.map(([t, open, close, low, high, at]) => ({ value: [place(at), open, close, low, high], t })), itemStyle: { color: 'transparent', borderColor: color('--up'), color0: color('--down'), borderColor0: color('--down'), borderColorDoji: color('--muted') }, barMaxWidth: 18, encode: { x: 0, y: [1, 2, 3, 4] } }
    : {
        type: 'line',
        name: line.name,
        showSymbol: line.points.length === 1,
        ...(line.points.length > MOST_EXACT && { sampling: 'lttb' }),
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { width: 2, color: tint, type: DASHES[Math.floor(i / COLORS.length) % DASHES.length] },
        itemStyle: { color: tint },
        ...(drawing.area && { areaStyle: { color: tint, opacity: 0.12 } }),
        ...(drawing.series.length > 1 && { endLabel: { show: true, formatter: () => line.name, color: tint, width: 86, overflow: 'truncate' }, labelLayout: { moveOverlap: 'shiftY' } }),
        connectNulls: drawing.series.length > 1,
        data: line.points.map(([t, value, at = t]) => ({ value: [place(at), value], t })),
      };
  if (i > 0) return [main];
  const apart = (name, items, symbol, tintOf, size) => ({ type: 'scatter', name, symbolSize: size, symbol, z: 4, itemStyle: { color: tintOf }, data: items.map(({ t, value, shape }) => ({ value: [place(t), value], t, ...(shape && { symbol: shape }) })) });
  return [
    main,
    ...(drawing.hollow?.length ? [{ ...apart('hollow', drawing.hollow, 'emptyCircle', color('--warn'), 9) }] : []),
    ...(drawing.fired?.length ? [apart('fired', drawing.fired, 'triangle', color('--down'), 12)] : []),
    ...(drawing.dots?.length ? [apart('dots', drawing.dots.map(([t, value]) => ({ t, value })), 'circle', color('--down'), 9)] : []),
  ];
}

/** The tooltip: the time nearest to the pointer, the exact value of each series, and its note. */
function hover(drawing, points, format) {
  const t = points.find((point) => !['hollow', 'fired', 'dots'].includes(point.seriesName))?.data.t ?? points[0].data.t;
  const at = when(t, drawing.interval);
  const rows = drawing.series.flatMap((line) => {
    const point = points.find((other) => other.seriesName === line.name && other.seriesType !== 'scatter') ?? standing(line, t);
    if (!point) return [];
    const name = drawing.series.length > 1 ? `${line.name}: ` : '';
    if (line.candles) return [drawing.words.ohlc.map((word, i) => `${word} ${format(point.data.value[[1, 4, 3, 2][i]], line)}`).join('\n')];
    return [`${name}${format(point.data.value[1], line)}${line.unit && !drawing.percent ? ` ${line.unit}` : ''}${line.levels ? ` (${level(line.levels.get(point.data.t), line.decimals)} ${line.unit})` : ''}`];
  });
  const notes = [...new Set(points.flatMap((point) => drawing.notes?.get(point.data.t) ?? []))];
  return [at, ...rows, ...notes].join('\n');
}

/** The value of a line without a point at t: the last one before. */
function standing({ points }, t) {
  const last = points?.findLast(([at, value]) => at <= t && value != null);
  return last && { data: { t: last[0], value: last } };
}

function timed(drawing) {
  const times = drawing.series.flatMap((line) => (line.points ?? line.candles).map(([t]) => t));
  const first = drawing.from ?? Math.min(...times);
  const last = drawing.to ?? Math.max(...times);
  const text = axisText((last - first) / DAY);
  return {
    type: 'time',
    ...(drawing.from != null && { min: drawing.from, max: drawing.to }),
    ...(times.length === 1 && drawing.from == null && { min: times[0] - DAY / 2, max: times[0] + DAY / 2 }),
    axisLabel: { color: color('--muted'), hideOverlap: true, formatter: text },
    axisLine: { lineStyle: { color: color('--line') } },
    splitLine: { show: false },
  };
}

function folded({ fold }) {
  const { ticks } = fold;
  const text = fold.days.length > 1 ? dayAndMonth : hour.format;
  return {
    type: 'value',
    min: 0,
    max: fold.length,
    axisTick: { customValues: ticks, lineStyle: { color: color('--line') } },
    axisLabel: { color: color('--muted'), hideOverlap: true, customValues: ticks, formatter: (value) => text(fold.moment(value)) },
    axisLine: { onZero: false, lineStyle: { color: color('--line') } },
    splitLine: { show: false },
  };
}

/** Extends the axis to include the level, with a margin. */
function withLevel(level) {
  const span = ({ min, max }) => [Math.min(min, level), Math.max(max, level)];
  const air = ([low, high]) => (high - low) * 0.08 || Math.abs(high) * 0.01 || 1;
  return { min: (values) => span(values)[0] - air(span(values)), max: (values) => span(values)[1] + air(span(values)) };
}

/** Marks in the colours of the page's theme. */
function marks(drawing, place, format) {
  const uprights = (drawing.uprights ?? []).map(({ at, text, color: name }, i) => ({
    xAxis: place(at),
    lineStyle: { color: color(name), type: 'solid', width: 2 },
    label: { formatter: text, color: color(name), position: i ? 'insideEndBottom' : 'insideEndTop' }, // on different sides, so that close labels do not overlap
  }));
  const days = drawing.fold ? drawing.fold.days.map((at) => ({
    xAxis: at, lineStyle: { color: color('--line'), type: 'dotted', width: 1 }, label: { show: false } })) : [];
  const upon = drawing.level ? [{
    yAxis: drawing.level.value,
    lineStyle: { color: color('--muted'), type: 'dashed', width: 1.5 },
    label: { formatter: `${drawing.level.text}: ${format(drawing.level.value, drawing.series[0])}`, color: color('--muted'), position: 'insideStartTop' },
  }] : [];
  const area = (tint, opacity) => ([from, to]) => [{ xAxis: place(from), itemStyle: { color: color(tint), opacity } }, { xAxis: place(to) }];
  return {
    markLine: { silent: true, animation: false, symbol: 'none', data: [...days, ...uprights, ...upon] },
    markArea: { silent: true, animation: false, data: [...(drawing.areas ?? []).map(area('--down', 0.16)), ...(drawing.gaps ?? []).map(area('--muted', 0.16))] },
  };
}

const hour = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE });
const month = new Intl.DateTimeFormat(lang, { month: 'short', year: 'numeric', timeZone: ZONE });

function axisText(days) {
  if (days > 300) return month.format;
  return days > 3 ? dayAndMonth : hour.format;
}
