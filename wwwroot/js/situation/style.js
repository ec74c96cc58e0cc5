// @ts-check
import { h, styled, svg } from '../dom.js';

/** How a class looks: the same on the map, in the legend, in lists and on paper. */

/** @typedef {import('./classes.js').Picture} Picture @typedef {import('./classes.js').Class} Class */

/** How strong the colours are over the base map; the legend shows them as strong. */
const strength = 0.82;

/** @param {Picture | null} picture @param {string} level @param {string} code @returns {import('leaflet').PathOptions} */
export function fillOf(picture, level, code) {
  if (!picture || picture.level !== level) return { fillColor: '#fff', fillOpacity: 0 };
  const cls = picture.cells.get(code)?.cls;
  // A cell that the answer leaves out is one it says nothing about.
  if (!cls) return { fillColor: 'url(#hatch-none)', fillOpacity: 0.8 };
  if (cls.hatch) return { fillColor: `url(#hatch-${cls.hatch})`, fillOpacity: 0.85 };
  return { fillColor: cls.colour, fillOpacity: cls.colour === '#ffffff' ? 0.6 : strength };
}

/** @param {Class} cls */
export function swatch({ colour, hatch }) {
  const box = h('span', { class: 'legend-fill', 'aria-hidden': 'true' });
  if (!hatch) return styled(box, { background: `${colour}${Math.round(strength * 255).toString(16)}` });
  // The very pattern of the map.
  box.append(
    svg(
      'svg',
      { width: '100%', height: '100%', focusable: 'false' },
      svg('rect', { width: '100%', height: '100%', fill: `url(#hatch-${hatch})` }),
    ),
  );
  return box;
}
