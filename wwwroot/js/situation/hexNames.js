// @ts-check
import { grids } from '../areas/areas.js';
import { covers, extent } from '../geo/places.js';
import { t } from '../i18n/index.js';
import { areaName, gridShort } from '../names.js';

/** A hexagon has only a number; people know it by the grid that its middle lies in. */

/** @typedef {import('../types.js').Feature} Feature */

/** Grid of each hexagon met so far, or null outside all. @type {Map<string, { code: string, parent: string } | null>} */
const gridOf = new Map();

/** Looks where hexagons lie, once for each. @param {readonly Feature[]} hexagons */
export function placeHexagons(hexagons) {
  const areas = grids.data;
  if (!areas) return;
  for (const { geometry, properties } of hexagons) {
    const box = gridOf.has(properties.code) ? null : extent(geometry);
    if (!box) continue;
    const [lon, lat] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const found = areas.find((grid) => covers(grid.geometry, lon, lat));
    gridOf.set(properties.code, found ? { code: found.properties.code, parent: found.properties.parent } : null);
  }
}

/** Another street has other grids. */
export const forgetHexagons = () => gridOf.clear();

/** @param {string} code `h100:3:-2` */
export function hexName(code) {
  const [, q, r] = code.split(':');
  const grid = gridOf.get(code);
  const where = grid ? `${areaName(grid.parent)} ${gridShort(grid.code)}` : gridOf.has(code) ? t('outsideGrids') : '';
  return `${where} ${t('hexName', { q, r })}`.trim();
}
