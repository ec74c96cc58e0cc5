// @ts-check
import { svg } from '../dom.js';

/**
 * A small picture of counts by week: bars from zero, the last one dark. All rows of a list share one height for the same
 * count (small multiples), so that they can be compared.
 * @param {readonly number[]} counts @param {number} most the count of full height @param {string} label for who cannot see it
 * @param {{ width?: number, height?: number, mark?: readonly boolean[] }} [how] mark: bars that stand out
 */
export function sparkline(counts, most, label, { width = 84, height = 22, mark } = {}) {
  const step = width / Math.max(1, counts.length);
  const bars = counts.map((n, i) => {
    const tall = most > 0 ? Math.max(n > 0 ? 1.5 : 0, (n / most) * (height - 2)) : 0;
    return svg('rect', {
      x: (i * step + 0.5).toFixed(2),
      y: (height - 1 - tall).toFixed(2),
      width: Math.max(0.8, step - 1.2).toFixed(2),
      height: tall.toFixed(2),
      fill: mark?.[i] ? '#b2182b' : i === counts.length - 1 ? '#1f5fbf' : '#8fa3bf',
    });
  });
  return svg(
    'svg',
    {
      class: 'sparkline',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': label,
      focusable: 'false',
    },
    svg('path', { d: `M0 ${height - 0.5}H${width}`, stroke: '#c5ccd6', 'stroke-width': 1 }),
    ...bars,
  );
}
