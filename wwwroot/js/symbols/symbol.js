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

/** Hatching for what has no value: told from every fill, and from one another, without colour. */
function hatches() {
  return [
    { id: 'hatch-none', colour: '#98a2b3', turn: 45, lines: 'M0 0v6' },
    { id: 'hatch-finding', colour: '#9c2a5f', turn: 45, lines: 'M0 0v6' },
    { id: 'hatch-never', colour: '#667085', turn: 0, lines: 'M3 .7v4.600M.7 3h4.600' },
    { id: 'hatch-forbidden', colour: '#b42318', turn: 45, lines: 'M0 0v6' },
    { id: 'hatch-unsure', colour: '#8a6100', turn: 0, lines: 'M.7 3h4.600' },
    { id: 'hatch-few', colour: '#98a2b3', turn: 135, lines: 'M0 0v6M0 3h6' },
  ].map(({ id, colour, turn, lines }) =>
    svg(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` },
      svg('rect', { width: 6, height: 6, fill: '#fff', 'fill-opacity': 0.35 }),
      svg('path', { d: lines, stroke: colour, 'stroke-width': id === 'hatch-never' || id === 'hatch-few' ? 1.1 : 2.4 }),
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
  mine: 'M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zM8.8 10.200l2.2 2.200 4.2-4.400',
  perimeters: 'M12 5.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM12 2v1.500M12 20.500V22M2 12h1.500M20.500 12H22M9 14.500v-4l3-2 3 2v4z',
  report: 'M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 10.500v5M9.500 13h5',
  inbox: 'M4 13h4.500l1.500 3h4l1.500-3H20M4 13l2.500-8h11L20 13v6H4z',
  board: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  ledger: 'M6 3h12v18H6zM9 7.500h6M9 11.500h6M9 15.500h4',
  bulletin: 'M5 4h11v16H5zM16 9h3v11h-3M8 8h5M8 12h5M8 16h5',
  admin: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 5v4M9 10v4M15 15v4',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6',
  check: 'M5 12.500 10 17.500 19.500 7',
  camera: 'M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 10a3.300 3.300 0 1 0 0 6.600 3.300 3.300 0 0 0 0-6.600z',
  locate:
    'M12 2.500v3.500M12 18v3.500M2.500 12H6M18 12h3.500M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2z',
  clock: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500v5l3.500 2',
  send: 'M4 12 20 4.500 15.500 20l-4-6.500zM11.500 13.500 20 4.500',
  bin: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13',
  comment: 'M4 5h16v11h-9l-4.500 4v-4H4z',
  play: 'M7 4.500v15l12-7.500z',
  pause: 'M8 5v14M16 5v14',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  legend: 'M4 5h4v4H4zM11 7h9M4 11h4v4H4zM11 13h9M4 17h4v3H4zM11 19h9',
});

/** @typedef {keyof typeof icons} IconName */

/** @param {IconName} name @param {number} [size] */
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

/** @param {IconName} name @param {string} label @param {() => void} run @param {import('../dom.js').Props} [props] */
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
