// Draws time series with marks on a canvas, with ECharts.
import * as echarts from 'echarts/core';
import { CandlestickChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { dayAndMonth, digitsOf, fill, level, number, percent, when } from '../words.js';
import { isApart } from './drawing.js';
import { within } from './picture.js';
import { DAY, dayOf } from './wib.js';

echarts.use([
  CandlestickChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
]);

const lang = document.documentElement.lang;
const ZONE = 'Asia/Jakarta';
/**
 * The colours in the order of the lines; each line also has its name at its end, so that colour is not the only cue.
 */
const COLORS = ['--accent', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'];
/** More than fits a screen. */
const MAX_EXACT = 3000;
const SHARPNESS = 2;
const LINE_PIXELS = 20;
/** As many as ECharts aims for. */
const TICKS = 5;
const DASHES = ['solid', 'dashed', 'dotted'];

/**
 * Draws in the box, and redraws when its size or the colours change. A drawing has:
 *     series: [{ name, unit, decimals, most, gaps, and one of points: [[t, value, at]] and
 *     candles: [[t, open, close, low, high, at]] }]; at: the position if it is not t;
 *     interval: the period of a point; area: whether to fill below the line; percent: whether values are changes;
 *     from, to: the axis in epoch milliseconds, or absent; fold: see fold.js, or absent;
 *     start: { value, raw, day } that changes are measured from; last: the value of the tag on the axis;
 *     log: whether the value axis is logarithmic;
 *     averages: [{ name, points }]; extremes: [{ t, value, text, above }];
 *     notes: t to a text in the tooltip; hollow: [{ t, value, shape }]; fired: [{ t, value, shape, rotate }];
 *     uprights: [{ at, text, color }]; level: { value, text }; areas and gaps: [[from, to]]; dots: [[t, value]].
 *     Each may be absent.
 */
export function startPlot(box, onHover = () => {}) {
  let chart; // made with the first drawing, because a hidden box has no size
  let shown = null;
  let hovered = null; // the point in the tooltip
  let pointer = null; // where the mouse is
  let threshold = null;
  const handle = makeHandle();
  const setHovered = (t) => {
    if (t !== hovered) onHover(t);
    hovered = t;
  };
  const again = () => {
    if (!shown) return;
    chart ??= started();
    const before = hovered;
    paint(chart, box, shown, setHovered);
    if (pointer) {
      chart.dispatchAction({ type: 'showTip', ...pointer }); // painting removes the tooltip
      setHovered(hovered ?? before); // ECharts does not format an unchanged tooltip again
    }
    placeThreshold();
  };
  function placeThreshold() {
    handle.hidden = !threshold || !chart;
    if (handle.hidden) return;
    const asPercent = shown.percent && shown.start;
    const y = chart.convertToPixel(
      { yAxisIndex: 0 },
      asPercent ? (threshold.value / shown.start.raw - 1) * 100 : threshold.value,
    );
    handle.style.top = `${Math.max(8, Math.min(box.clientHeight - 8, y))}px`;
    const decimals = shown.series[0].decimals ?? 0;
    handle.firstChild.textContent = `${threshold.text} ${level(threshold.value, decimals, Math.max(2, decimals))}`;
    handle.setAttribute('aria-label', threshold.text);
    handle.setAttribute('aria-valuenow', threshold.value);
    handle.setAttribute('aria-valuetext', handle.firstChild.textContent);
  }

  function makeHandle() {
    const made = document.createElement('div');
    made.className = 'threshold';
    made.hidden = true;
    made.tabIndex = 0;
    made.setAttribute('role', 'slider');
    made.append(document.createElement('span'));
    const valueAt = (y) => {
      const at = chart.convertFromPixel({ yAxisIndex: 0 }, y);
      return shown.percent && shown.start ? shown.start.raw * (1 + at / 100) : at;
    };
    made.addEventListener('pointerdown', (event) => {
      event.stopPropagation(); // not a selection of a range
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
    });
    made.addEventListener('pointermove', (event) => {
      if (made.hasPointerCapture(event.pointerId))
        threshold.drag(valueAt(event.clientY - box.getBoundingClientRect().top));
    });
    made.addEventListener('click', (event) => event.stopPropagation());
    made.addEventListener('keydown', (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      threshold.drag(threshold.value * (1 + by / 1000));
    });
    box.append(made);
    return made;
  }

  function started() {
    const inner = document.createElement('div'); // ECharts empties it
    inner.className = 'inner';
    box.prepend(inner);
    const made = echarts.init(inner, null, { renderer: 'canvas' });
    made.on('hideTip', () => setHovered(null));
    new ResizeObserver(() => box.offsetParent && made.resize()).observe(inner);
    return made;
  }

  box.addEventListener('mousemove', ({ clientX, clientY }) => {
    const { left, top } = box.getBoundingClientRect();
    pointer = { x: clientX - left, y: clientY - top };
  });
  box.addEventListener('mouseleave', () => { pointer = null; });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  matchMedia('print').addEventListener('change', () => {
    again();
    chart?.resize();
    chart?.getZr().flush(); // before the page is printed
  });
  return {
    draw(drawing) {
      shown = drawing;
      again();
      box.dataset.bridges = drawing.series.reduce((count, line) => count + bridgesOf(line).length, 0);
      box.dataset.drawn = drawing.series
        .map((series) => `${series.name} ${(series.points ?? series.candles).length}`)
        .join(', ');
    },
    /** The moment at a position in pixels from the left of the box. */
    momentAt(x) {
      if (!shown) return null;
      const place = chart.convertFromPixel({ xAxisIndex: 0 }, x);
      return shown.fold ? shown.fold.moment(place) : place;
    },
    /**
     * Shows a level that can be dragged with the mouse, a finger or the arrow keys; null removes it.
     *
     * @param threshold { value, text, drag: called with the new value }
     */
    threshold(wanted) {
      threshold = wanted;
      placeThreshold();
    },
    /** The point whose tooltip is shown, or null. */
    hovered: () => hovered,
    /**
     * Shows the tooltip at a position in pixels from the left of the box, and returns its point; null if there is none.
     */
    pointUnder(x) {
      hovered = null;
      chart.dispatchAction({ type: 'showTip', x, y: box.clientHeight / 2 });
      return hovered;
    },
    /** Shows the tooltip of a moment. */
    pointAt(t) {
      chart.getOption().series.some(({ data }, seriesIndex) => {
        const dataIndex = data.findIndex((item) => item.t === t);
        if (dataIndex >= 0) chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
        return dataIndex >= 0;
      });
    },
    /** A standalone image, with lines of text above the chart. */
    async image(lines) {
      const drawn = new Image();
      drawn.src = chart.getDataURL({ pixelRatio: SHARPNESS, backgroundColor: color('--panel') });
      await drawn.decode();
      const head = (lines.length * LINE_PIXELS + 8) * SHARPNESS;
      const canvas = Object.assign(document.createElement('canvas'), {
        width: drawn.width,
        height: drawn.height + head,
      });
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

const probe = document.createElement('span');

/** A colour of the page's theme; the browser chooses between its light and its dark form. */
function color(name) {
  if (!probe.isConnected) {
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

function paint(chart, box, drawing, onHover) {
  const place = drawing.fold ? (t) => drawing.fold.place(t) : (t) => t;
  const format = (value, line) => (drawing.percent ? percent(value) : level(value, line.decimals ?? 0, line.most));
  const series = drawing.series.flatMap((line, i) => seriesOf(drawing, line, i, place, format));
  const empty = drawing.series.every((line) => (line.points ?? line.candles).length === 0);
  const named = drawing.series.length > 1;
  const log = drawing.log && !empty ? logarithmic(drawing) : null;
  Object.assign(series[0], marks(drawing, place, format));
  chart.setOption({
    animation: false,
    useUTC: true, // ticks at 00:00 UTC are 07:00 WIB of the same day, in any browser time zone
    backgroundColor: 'transparent',
    grid: { left: 12, right: named ? 96 : 24, top: 18, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: {
        type: 'cross',
        label: { show: false },
        crossStyle: { color: color('--muted') },
        lineStyle: { color: color('--muted') },
      },
      backgroundColor: color('--panel'),
      borderColor: color('--line'),
      textStyle: { color: color('--text') },
      formatter(points) {
        const t = pointOf(points);
        onHover(t);
        return hover(drawing, points, t, format);
      },
    },
    xAxis: drawing.fold ? folded(drawing) : timed(drawing),
    yAxis: {
      type: drawing.log ? 'log' : 'value',
      position: named ? 'left' : 'right',
      scale: true,
      ...(log && { min: log.min, max: log.max }),
      ...(drawing.level && !drawing.log && !empty && withLevel(drawing.level.value)),
      axisLabel: {
        color: color('--muted'),
        ...(drawing.level && { showMinLabel: false, showMaxLabel: false }),
        ...(log && { customValues: log.ticks }),
        formatter: axisNumber(drawing),
      },
      splitLine: { lineStyle: { color: color('--line') } },
    },
    series,
  }, { notMerge: true });
  box.dataset.empty = empty; // the style sheet shows the text
}

function seriesOf(drawing, line, i, place, format) {
  const tint = color(tintOf(drawing, i));
  const bridges = bridgesOf(line);
  const main = line.candles
    ? {
        type: 'candlestick',
        name: line.name,
        data: line.candles.map(([t, open, close, low, high, at]) => ({
          value: [place(at), open, close, low, high],
          t,
        })),
        itemStyle: {
          color: 'transparent',
          borderColor: color('--up'),
          color0: color('--down'),
          borderColor0: color('--down'),
          borderColorDoji: color('--muted'),
        },
        barMaxWidth: 18,
        encode: { x: 0, y: [1, 2, 3, 4] },
      }
    : {
        type: 'line',
        name: line.name,
        showSymbol: line.points.length === 1,
        ...(line.points.length > MAX_EXACT && !bridges.length && { sampling: 'lttb' }),
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { width: 2, color: tint, type: DASHES[Math.floor(i / COLORS.length) % DASHES.length] },
        itemStyle: { color: tint },
        ...(drawing.area && { areaStyle: { color: tint, opacity: 0.12 } }),
        ...(drawing.series.length > 1 && {
          endLabel: { show: true, formatter: () => line.name, color: tint, width: 86, overflow: 'truncate' },
          labelLayout: { moveOverlap: 'shiftY' },
        }),
        data: line.points.flatMap(([t, value, at = t], k) => [
          { value: [place(at), value], t },
          ...(bridges.includes(k) ? [{ value: [place(at), null], t }] : []),
        ]),
      };
  const bridge = bridges.length ? [bridgeOf(line, bridges, tint, place), aloneOf(line, bridges, tint, place)] : [];
  if (i > 0) return [main, ...bridge];
  const apart = (name, items, symbol, tintOf, size) => ({
    type: 'scatter',
    name,
    symbolSize: size,
    symbol,
    z: 4,
    itemStyle: { color: tintOf },
    data: items.map(({ t, value, shape, rotate }) => ({
      value: [place(t), value],
      t,
      ...(shape && { symbol: shape }),
      ...(rotate && { symbolRotate: rotate }),
    })),
  });
  return [
    main,
    ...bridge,
    ...(drawing.hollow?.length ? [{ ...apart('hollow', drawing.hollow, 'emptyCircle', color('--warn'), 9) }] : []),
    ...(drawing.fired?.length ? [apart('fired', drawing.fired, 'triangle', color('--down'), 12)] : []),
    ...(drawing.averages ?? []).map(({ name, points }, k) => ({
      type: 'line',
      name,
      silent: true,
      showSymbol: false,
      tooltip: { show: false },
      z: 1,
      lineStyle: { width: 1.3, color: color(COLORS[k + 1]), type: DASHES[k % DASHES.length] },
      itemStyle: { color: color(COLORS[k + 1]) },
      endLabel: { show: true, formatter: () => name, color: color(COLORS[k + 1]), align: 'right', offset: [-4, -8] },
      data: points.map(([t, value]) => ({ value: [place(t), value], t })),
    })),
    ...(drawing.extremes?.length ? [extremesOf(drawing, line, place, format)] : []),
    ...(drawing.dots?.length
      ? [
          apart(
            'dots',
            drawing.dots.map(([t, value]) => ({ t, value })),
            'circle',
            color('--down'),
            9,
          ),
        ]
      : []),
  ];
}

/** A single line has the colour of its move; several lines have one each. */
function tintOf({ series, start, last }, i = 0) {
  if (series.length > 1 || !start || last == null) return COLORS[i % COLORS.length];
  return last > start.value ? '--up' : last < start.value ? '--down' : '--muted';
}

/** Marks the highest and the lowest point with their values. */
function extremesOf(drawing, line, place, format) {
  const places = (line.points ?? line.candles).map(([t, , at]) => place(line.points ? at ?? t : t));
  const [first, last] = [
    drawing.fold ? 0 : (drawing.from ?? places[0]),
    drawing.fold ? drawing.fold.length : (drawing.to ?? places.at(-1)),
  ];
  const data = drawing.extremes.map(({ t, value, text, above }) => {
    const share = (place(t) - first) / (last - first || 1);
    return {
      value: [place(t), value],
      t,
      label: {
        show: true,
        formatter: `${text} ${format(value, line)}`,
        color: color('--muted'),
        position: share < 0.12 ? 'right' : share > 0.88 ? 'left' : above ? 'top' : 'bottom',
        distance: 5,
      },
    };
  });
  return {
    type: 'scatter',
    name: 'extremes',
    silent: true,
    tooltip: { show: false },
    symbol: 'circle',
    symbolSize: 5,
    z: 3,
    itemStyle: { color: color('--muted') },
    labelLayout: { hideOverlap: true },
    data,
  };
}

/** All numbers on the value axis. */
function valuesOf({ series }) {
  return series.flatMap((line) =>
    (line.candles ?? line.points).flatMap(([, ...numbers]) => numbers.slice(0, line.candles ? 4 : 1)),
  );
}

/** The ends of the axis around the values, and ticks at round numbers. */
function logarithmic(drawing) {
  const values = valuesOf(drawing);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high / low) ** 0.05;
  const [min, max] = [low / air, high * air];
  const rough = (max - min) / TICKS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((factor) => factor * unit >= rough);
  const ticks = [];
  for (let at = Math.ceil(min / step) * step; at <= max; at += step) ticks.push(Number(at.toPrecision(12)));
  return { min, max, ticks };
}

/** The time of the points in the tooltip: that of the line, else of a mark. */
function pointOf(points) {
  return points.find(({ seriesType }) => seriesType !== 'scatter')?.data.t ?? points[0].data.t;
}

/** The points between two gaps, through which no line goes. */
function aloneOf({ name, points }, bridges, tint, place) {
  const ends = [-1, ...bridges, points.length - 1];
  const alone = ends.flatMap((k, i) => (i > 0 && k === ends[i - 1] + 1 ? [points[k]] : []));
  return {
    type: 'scatter',
    name: `${name} ·`,
    silent: true,
    tooltip: { show: false },
    symbol: 'circle',
    symbolSize: 4,
    itemStyle: { color: tint },
    data: alone.map(([t, value, at = t]) => [place(at), value]),
  };
}

/** The positions of the points after which something was not observed. */
function bridgesOf(line) {
  if (line.candles) return [];
  return line.points.flatMap(([t], k) =>
    k + 1 < line.points.length && isApart(line, t, line.points[k + 1][0]) ? [k] : [],
  );
}

/** A faint dotted line across each gap, which claims nothing. */
function bridgeOf(line, bridges, tint, place) {
  const end = ([t, value, at = t]) => [place(at), value];
  return {
    type: 'line',
    name: `${line.name} …`,
    silent: true,
    showSymbol: false,
    tooltip: { show: false },
    lineStyle: { width: 1.5, color: tint, type: [1, 5], cap: 'round', opacity: 0.7 },
    data: bridges.flatMap((k) => [end(line.points[k]), end(line.points[k + 1]), [end(line.points[k + 1])[0], null]]),
  };
}

/** Formats the numbers of the value axis with the decimals that tell them apart. */
function axisNumber(drawing) {
  const values = valuesOf(drawing);
  if (drawing.level) values.push(drawing.level.value);
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
  const step = (high - low) / TICKS;
  const digits = step > 0 && Number.isFinite(step) ? Math.min(20, Math.max(0, -Math.floor(Math.log10(step)))) : 0;
  return (value) =>
    number(value, {
      minimumFractionDigits: digits,
      maximumFractionDigits: Math.max(digits, Math.min(20, digitsOf(value))),
    }) + (drawing.percent ? '%' : '');
}

/** The tooltip: the time nearest to the pointer, the exact value of each series, and its note. */
function hover(drawing, points, t, format) {
  const at = when(t, drawing.interval);
  const rows = drawing.series.flatMap((line) => {
    const several = drawing.series.length > 1;
    const own = points.find(
      (other) => other.seriesName === line.name && other.seriesType !== 'scatter' && other.data.t === t,
    );
    const point = own ?? (several ? standing(line, t) : null);
    const name = several ? `${line.name}: ` : '';
    if (!point) return several ? [`${name}–`] : [];
    if (line.candles)
      return [
        drawing.words.ohlc.map((word, i) => `${word} ${format(point.data.value[[1, 4, 3, 2][i]], line)}`).join('\n'),
      ];
    const unit = line.unit && !drawing.percent ? ` ${line.unit}` : '';
    const levelText = line.levels
      ? ` (${level(line.levels.get(point.data.t), line.decimals, line.most)} ${line.unit})`
      : '';
    const otherTime = point.data.t === t ? '' : ` (${when(point.data.t, line.interval)})`;
    return [`${name}${format(point.data.value[1], line)}${unit}${levelText}${otherTime}`];
  });
  const moves = drawing.series.length === 1 ? movesAt(drawing, t) : [];
  const notes = [...new Set(points.flatMap((point) => drawing.notes?.get(point.data.t) ?? []))];
  return [...rows, ...moves, at, ...notes].join('\n');
}

/** The changes at a point: from the start of the range, and from the day before. */
function movesAt({ series: [line], start, words }, t) {
  const points = (line.candles ?? line.points).map(([at, first, close]) => [
    at,
    line.levels?.get(at) ?? (line.candles ? close : first),
  ]);
  const value = points.find(([at]) => at === t)?.[1];
  if (value == null || !words?.sinceStart) return [];
  const day = dayOf(t);
  const before = points.findLast(([at]) => dayOf(at) < day)?.[1] ?? (start && start.day < day ? start.raw : null);
  const moved = (base, text) => (base ? [fill(text, { percent: percent((value / base - 1) * 100) })] : []);
  const daily = within(line) || line.interval === '1d';
  return [
    ...moved(start?.raw, words.sinceStart),
    ...(daily && before !== start?.raw ? moved(before, words.sinceDay) : []),
  ];
}

/** The value of a line without a point at t: the last one before, unless nothing was observed since. */
function standing(line, t) {
  const last = line.points?.findLast(([at]) => at <= t);
  return last && !isApart(line, last[0], t) ? { data: { t: last[0], value: last } } : null;
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
    axisLabel: {
      color: color('--muted'),
      hideOverlap: true,
      customValues: ticks,
      formatter: (value) => text(fold.moment(value)),
    },
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

/** Whether the label of the highest or lowest point in the first half is where the label of this level would be. */
function isExtremeAt(level, { extremes, series: [{ points }] }) {
  if (!extremes?.length || !points?.length) return false;
  const [high, low] = extremes.map(({ value }) => value);
  const middle = points[Math.floor(points.length / 2)][0];
  return extremes.some(({ t, value }) => t < middle && Math.abs(value - level) < (high - low) * 0.08);
}

/** Marks in the colours of the page's theme. */
function marks(drawing, place, format) {
  const uprights = (drawing.uprights ?? []).map(({ at, text, color: name }, i) => ({
    xAxis: place(at),
    lineStyle: { color: color(name), type: 'solid', width: 2 },
    // on different sides, so that close labels do not overlap
    label: { formatter: text, color: color(name), position: i ? 'insideEndBottom' : 'insideEndTop' },
  }));
  const days = drawing.fold ? drawing.fold.days.map((at) => ({
    xAxis: at, lineStyle: { color: color('--line'), type: 'dotted', width: 1 }, label: { show: false } })) : [];
  const upon = drawing.level ? [{
    yAxis: drawing.level.value,
    lineStyle: { color: color('--muted'), type: 'dashed', width: 1.5 },
    label: {
      formatter: `${drawing.level.text}: ${format(drawing.level.value, drawing.series[0])}`,
      color: color('--muted'),
      position: isExtremeAt(drawing.level.value, drawing) ? 'insideEndTop' : 'insideStartTop',
    },
  }] : [];
  const tag = drawing.last == null || drawing.series.length > 1 ? [] : [{
    yAxis: drawing.last,
    lineStyle: { color: color('--muted'), type: 'dotted', width: 1 },
    label: {
      formatter: format(drawing.last, drawing.series[0]),
      position: 'end',
      distance: 4,
      color: color('--panel'),
      backgroundColor: color(tintOf(drawing)),
      padding: [3, 5],
      borderRadius: 4,
      fontWeight: 'bold',
    },
  }];
  const area =
    (tint, opacity) =>
    ([from, to]) => [{ xAxis: place(from), itemStyle: { color: color(tint), opacity } }, { xAxis: place(to) }];
  return {
    markLine: { silent: true, animation: false, symbol: 'none', data: [...days, ...uprights, ...upon, ...tag] },
    markArea: {
      silent: true,
      animation: false,
      data: [...(drawing.areas ?? []).map(area('--down', 0.16)), ...(drawing.gaps ?? []).map(area('--muted', 0.16))],
    },
  };
}

const hour = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE });
const month = new Intl.DateTimeFormat(lang, { month: 'short', year: 'numeric', timeZone: ZONE });

function axisText(days) {
  if (days > 300) return month.format;
  return days > 3 ? dayAndMonth : hour.format;
}
