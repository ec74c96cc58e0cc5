// @ts-check
/** A shape as text and back: one corner a line, longitude first, a blank line between rings. For hands that cannot drag. */

/** @typedef {import('../types.js').Geometry} Geometry @typedef {import('../types.js').LonLat} LonLat */

/** @param {Geometry} geometry polygon or several @returns {LonLat[][]} all rings, part after part */
export function ringsOf(geometry) {
  if (geometry.type === 'Polygon') return /** @type {LonLat[][]} */ (geometry.coordinates);
  return geometry.type === 'MultiPolygon' ? /** @type {LonLat[][]} */ (geometry.coordinates.flat()) : [];
}

/** @param {Geometry} geometry @returns {string} without the closing corner, which repeats the first */
export function shapeText(geometry) {
  if (geometry.type === 'Point') return placeText(/** @type {LonLat} */ (geometry.coordinates));
  return ringsOf(geometry)
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
 * The shape that a text says, with the parts and holes of the shape it was made from.
 * @param {string} text @param {Geometry} like
 * @returns {Geometry | null} null where a line is no place, a ring has fewer than three corners, or rings are lacking
 */
export function shapeFrom(text, like) {
  const blocks = text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((block) => block.length > 0);
  const rings = blocks.map((block) => block.map(placeFrom));
  if (rings.some((ring) => ring.length < 3 || ring.some((place) => place === null))) return null;
  const closed = /** @type {LonLat[][]} */ (rings).map((ring) => [...ring, ring[0]]);
  if (like.type === 'MultiPolygon') {
    const parts = /** @type {LonLat[][][]} */ (like.coordinates);
    if (closed.length !== parts.flat().length) return null;
    let at = 0;
    return { type: 'MultiPolygon', coordinates: parts.map((part) => part.map(() => closed[at++])) };
  }
  const wanted = like.type === 'Polygon' ? like.coordinates.length : 1;
  return closed.length === wanted ? { type: 'Polygon', coordinates: closed } : null;
}
