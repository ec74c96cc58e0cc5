// @ts-check
import { h, svg } from '../dom.js';
import { shapeOf, shapes } from './shapes.js';

/** Puts every symbol into the page once; markers, chips and rows then only refer to it (two nodes a symbol). */
export function installSymbols() {
  const defs = svg(
    'defs',
    null,
    ...Object.entries(shapes).map(([key, shape]) =>
      svg(
        'symbol',
        { id: `symbol-${key}`, viewBox: '-2 -2 24 24' },
        svg('path', { d: shape.body, fill: '#fff', stroke: '#fff', 'stroke-width': 4, 'stroke-linejoin': 'round' }),
        svg('path', {
          d: shape.body,
          fill: shape.colour,
          stroke: shape.colour,
          'stroke-width': 0.8,
          'stroke-linejoin': 'round',
        }),
        svg('path', {
          d: shape.mark,
          fill: 'none',
          stroke: '#fff',
          'stroke-width': 1.5,
          'stroke-linecap': 'round',
          'stroke-linejoin': 'round',
        }),
      ),
    ),
    ...hatches(),
  );
  document.body.prepend(
    svg('svg', { class: 'defs', width: 0, height: 0, 'aria-hidden': 'true', focusable: 'false' }, defs),
  );
}

/** Hatching for what has no value: told from every fill without colour. */
function hatches() {
  return [
    ['hatch-none', '#98a2b3'],
    ['hatch-finding', '#9c2a5f'],
  ].map(([id, colour]) =>
    svg(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { width: 6, height: 6, fill: '#fff', 'fill-opacity': 0.35 }),
      svg('path', { d: 'M0 0v6', stroke: colour, 'stroke-width': 2.4 }),
    ),
  );
}

/** @param {string} symbol @param {number} [size] CSS pixels @returns {SVGElement} decorative; the name stands beside it */
export function symbolIcon(symbol, size = 20) {
  return svg(
    'svg',
    { class: 'symbol', width: size + 4, height: size + 4, 'aria-hidden': 'true', focusable: 'false' },
    svg('use', { href: `#symbol-${shapeOf(symbol).key}` }),
  );
}

const icons = Object.freeze({
  situation: 'M4 19V9M10 19V5M16 19v-7M3 21h18M21 19v-4',
  ownership: 'M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zM12 7.500v5M9.5 10h5',
  data: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  layers: 'M12 3 3 8l9 5 9-5zM3 12.500l9 5 9-5M3 16.500l9 5 9-5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  table: 'M3 5h18v14H3zM3 10h18M3 14.500h18M9 10v9',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20',
  close: 'M6 6l12 12M18 6 6 18',
  left: 'M14.5 5.5 8 12l6.5 6.5',
  right: 'M9.5 5.5 16 12l-6.5 6.5',
  target: 'M12 3v4M12 17v4M3 12h4M17 12h4M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z',
  up: 'M12 19V6M6 11l6-6 6 6',
  down: 'M12 5v13M6 13l6 6 6-6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  warning: 'M12 3.5 22 20H2zM12 10v5M12 17.400v.2',
  legend: 'M4 5h4v4H4zM11 7h9M4 11h4v4H4zM11 13h9M4 17h4v3H4zM11 19h9',
});

/** @param {keyof typeof icons} name @param {number} [size] */
export const icon = (name, size = 20) =>
  svg(
    'svg',
    { viewBox: '0 0 24 24', width: size, height: size, class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', {
      d: icons[name],
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );

/** @param {keyof typeof icons} name @param {string} label @param {() => void} run @param {import('../dom.js').Props} [props] */
export const iconButton = (name, label, run, props = {}) =>
  h(
    'button',
    {
      type: 'button',
      'aria-label': label,
      title: label,
      ...props,
      class: `icon-button ${props.class ?? ''}`,
      on: { click: run },
    },
    icon(name),
  );
