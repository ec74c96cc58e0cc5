// @ts-check
/** A shape as text and back: one corner a line, longitude first, a blank line between rings. For hands that cannot drag. */

import { areaOf, nested, partsOf } from './rings.js';

/** @typedef {import('../types.js').Geometry} Geometry @typedef {import('../types.js').LonLat} LonLat */

/** @param {Geometry} geometry @returns {string} without the closing corner, which repeats the first */
export function shapeText(geometry) {
  if (geometry.type === 'Point') return placeText(/** @type {LonLat} */ (geometry.coordinates));
  return partsOf(geometry)
    .flat()
    .map((ring) => ring.slice(0, -1).map(placeText).join('\n'))
    .join('\n\n');
}

/** @param {LonLat} place */
export const placeText = ([lon, lat]) => `${lon}, ${lat}`;

/** @param {string} text two numbers, longitude first @returns {LonLat | null} */
export function placeFrom(text) {
  const parts = text.trim().split(/[\s,，]+/);
  const [lon, lat] = parts.map(Number);
  const good = parts.length === 2 && parts.every(Boolean) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return good ? [lon, lat] : null;
}

/**
 * The shape that a text says: which ring is a hole follows from which lies in which.
 * @param {string} text
 * @returns {Geometry | null} null where a line is no place or a ring has fewer than three corners
 */
export function shapeFrom(text) {
  const blocks = text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((block) => block.length > 0);
  const rings = blocks.map((block) => block.map(placeFrom));
  if (rings.length === 0 || rings.some((ring) => ring.length < 3 || ring.some((place) => place === null))) return null;
  return areaOf(nested(/** @type {LonLat[][]} */ (rings).map((ring) => [...ring, ring[0]])));
}
