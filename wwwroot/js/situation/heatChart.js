// @ts-check
import { h } from '../dom.js';
import { ramp } from '../geo/classes.js';
import { numberText, t, tCode } from '../i18n/index.js';

/** Whatever the chart library draws; it is large and only fetched when a chart is first looked at. @type {Promise<any> | null} */
let library = null;

/** @typedef {{ weekdays: number[], from: string, to: string }} Stretch 1 Monday to 7 Sunday; `07:00` up to but not including `to` */

/**
 * Counts by hour (across) and weekday (down), Monday on top; the school peak is framed. A canvas: it needs no styles from
 * strings, which the content policy refuses. The table beside it says the same to who cannot see it.
 * @param {number[][]} hours seven days of 24 hours @param {readonly Stretch[]} peaks
 */
export function heatChart(hours, peaks) {
  const box = h('div', {
    class: 'heat-chart',
    role: 'img',
    'aria-label': t('profileSpoken', { text: busiest(hours) }),
  });
  void draw(box, hours, peaks);
  return box;
}

/** @param {HTMLElement} box @param {number[][]} hours @param {readonly Stretch[]} peaks */
async function draw(box, hours, peaks) {
  library ??= import('echarts');
  let echarts;
  try {
    echarts = await library;
  } catch {
    library = null;
    box.textContent = t('chartMissing');
    return;
  }
  if (!box.isConnected) return;
  const chart = echarts.init(box, null, { renderer: 'canvas' });
  const days = Array.from({ length: 7 }, (_, day) => tCode('weekday', String(day + 1)));
  const most = Math.max(1, ...hours.flat());
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const font = {
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    fontSize: 11,
    color: '#414b5a',
  };
  chart.setOption({
    animation: !calm,
    textStyle: font,
    grid: { left: 34, right: 4, top: 8, bottom: 62 },
    tooltip: {
      renderMode: 'richText',
      formatter: (/** @type {any} */ { value: [hour, day, n] }) =>
        `${days[day]} ${hour}:00  ${t('issuesN', { n: numberText(n) })}`,
      textStyle: font,
    },
    xAxis: {
      type: 'category',
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      axisLabel: { ...font, interval: 2 },
      axisTick: { show: false },
      splitArea: { show: false },
    },
    yAxis: { type: 'category', data: days, inverse: true, axisLabel: font, axisTick: { show: false } },
    visualMap: {
      min: 0,
      max: most,
      calculable: false,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemWidth: 12,
      itemHeight: 160,
      inRange: { color: ['#ffffff', ...ramp] },
      textStyle: font,
      text: [numberText(most), '0'],
    },
    series: [
      {
        type: 'heatmap',
        data: hours.flatMap((row, day) => row.map((n, hour) => [hour, day, n])),
        itemStyle: { borderColor: '#e4e8ee', borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: '#1f5fbf', borderWidth: 2 } },
      },
      frames(peaks),
    ],
  });
  const watch = new ResizeObserver(() => {
    if (box.isConnected) return chart.resize();
    watch.disconnect();
    chart.dispose();
  });
  watch.observe(box);
}

/** @param {string} clock `07:30` @returns {number} 7.5 */
const hourOf = (clock) => Number(clock.slice(0, 2)) + Number(clock.slice(3, 5)) / 60;

/** Frames around the school peak, which may begin within an hour: drawn by hand over the cells. @param {readonly Stretch[]} peaks */
const frames = (peaks) => ({
  type: 'custom',
  silent: true,
  z: 10,
  tooltip: { show: false },
  data: peaks.flatMap(({ weekdays, from, to }) => {
    // Days that follow one another share a frame.
    const firsts = weekdays.filter((day) => !weekdays.includes(day - 1));
    return firsts.map((first) => {
      let last = first;
      while (weekdays.includes(last + 1)) last++;
      return [hourOf(from), hourOf(to), first - 1, last - 1];
    });
  }),
  renderItem: (/** @type {any} */ _, /** @type {any} */ api) => {
    const [wide, tall] = api.size([1, 1]);
    const [x, y] = api.coord([0, api.value(2)]);
    return {
      type: 'rect',
      shape: {
        x: x + (api.value(0) - 0.5) * wide,
        y: y - tall / 2,
        width: (api.value(1) - api.value(0)) * wide,
        height: (api.value(3) - api.value(2) + 1) * tall,
      },
      style: { fill: 'transparent', stroke: '#143f80', lineWidth: 2 },
    };
  },
});

/** The busiest hour in words. @param {number[][]} hours */
function busiest(hours) {
  let best = { n: -1, day: 0, hour: 0 };
  hours.forEach((row, day) =>
    row.forEach((n, hour) => {
      if (n > best.n) best = { n, day, hour };
    }),
  );
  return t('busiestHour', {
    day: tCode('weekday', String(best.day + 1)),
    hour: best.hour,
    n: numberText(Math.max(0, best.n)),
  });
}
