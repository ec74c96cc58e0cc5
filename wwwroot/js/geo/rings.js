// @ts-check
/**
 * The rings of an area: its parts and the holes in them, what is wrong with them, and how large they are. A part is an
 * outline followed by its holes. Edges are straight in longitude and latitude, as the service takes them (RFC 7946);
 * the service checks everything again.
 */

/** @typedef {import('../types.js').LonLat} LonLat @typedef {import('../types.js').Geometry} Geometry */
/** @typedef {LonLat[]} Ring closed: the last corner repeats the first @typedef {Ring[]} Part */
/** @typedef {'crossing' | 'overlap' | 'hole_outside'} Trouble */

/** @param {Geometry} geometry @returns {Part[]} none for a point */
export function partsOf(geometry) {
  if (geometry.type === 'Polygon') return [/** @type {Part} */ (geometry.coordinates)];
  return geometry.type === 'MultiPolygon' ? /** @type {Part[]} */ (geometry.coordinates) : [];
}

/** @param {readonly Part[]} parts at least one @returns {Geometry} */
export const areaOf = (parts) =>
  parts.length === 1
    ? { type: 'Polygon', coordinates: parts[0] }
    : { type: 'MultiPolygon', coordinates: /** @type {Part[]} */ (parts) };

/** Twice the area that three places span, positive when they turn left. @param {LonLat} a @param {LonLat} b @param {LonLat} c */
const turn = ([ax, ay], [bx, by], [cx, cy]) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** Whether two edges cross between their ends; edges that only touch do not. @param {LonLat} a @param {LonLat} b @param {LonLat} c @param {LonLat} d */
const cross = (a, b, c, d) =>
  Math.sign(turn(a, b, c)) * Math.sign(turn(a, b, d)) < 0 && Math.sign(turn(c, d, a)) * Math.sign(turn(c, d, b)) < 0;

/** @param {Ring} ring @returns {boolean} */
export const crossesItself = (ring) =>
  ring.slice(1).some((b, i) => ring.slice(1).some((d, j) => j > i && cross(ring[i], b, ring[j], d)));

/** @param {Ring} one @param {Ring} other @returns {boolean} */
const ringsCross = (one, other) =>
  one.slice(1).some((b, i) => other.slice(1).some((d, j) => cross(one[i], b, other[j], d)));

/** By counting the edges east of the place. @param {LonLat} place @param {Ring} ring @returns {boolean} */
export const surrounds = ([x, y], ring) =>
  ring.slice(1).reduce((inside, [bx, by], i) => {
    const [ax, ay] = ring[i];
    return ay > y !== by > y && ((bx - ax) * (y - ay)) / (by - ay) + ax > x ? !inside : inside;
  }, false);

/** @param {LonLat} a @param {LonLat} b @returns {LonLat} */
const halfway = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];

/** Whether a ring lies inside another; corners that both share say nothing, so the middles of edges are asked too. @param {Ring} inner @param {Ring} outer */
function liesIn(inner, outer) {
  const asked = inner.slice(1).flatMap((b, i) => [b, halfway(inner[i], b)]);
  const own = new Set(outer.map(String));
  const free = asked.filter((place) => !own.has(String(place)));
  return free.length > 0 && free.filter((place) => surrounds(place, outer)).length * 2 > free.length;
}

/** @param {readonly Part[]} parts @param {Ring} ring @returns {Part[]} with one more part */
export const withPart = (parts, ring) => [...parts, [ring]];

/** The hole goes into the part that it lies in, else into the one it crosses, else into the first. @param {readonly Part[]} parts @param {Ring} ring @returns {Part[]} */
export function withHole(parts, ring) {
  const inside = parts.findIndex(([outline]) => liesIn(ring, outline));
  const crossed = parts.findIndex(([outline]) => ringsCross(ring, outline));
  const at = Math.max(inside >= 0 ? inside : crossed, 0);
  return parts.map((part, i) => (i === at ? [...part, ring] : part));
}

/** Without a hole, or for ring 0 without the whole part. @param {readonly Part[]} parts @param {number} part @param {number} ring @returns {Part[]} */
export const without = (parts, part, ring) =>
  ring === 0
    ? parts.filter((_, i) => i !== part)
    : parts.map((rings, i) => (i === part ? rings.filter((_, j) => j !== ring) : rings));

/** Sorts rings into parts and their holes by which lies in which: outermost rings are outlines, those in them holes, and so on. @param {readonly Ring[]} rings @returns {Part[]} */
export function nested(rings) {
  const around = rings.map((ring) => rings.filter((other) => other !== ring && liesIn(ring, other)));
  /** @type {Map<Ring, Part>} */
  const parts = new Map();
  rings.forEach((ring, i) => {
    if (around[i].length % 2 === 0) parts.set(ring, [ring]);
  });
  rings.forEach((ring, i) => {
    if (around[i].length % 2 === 0) return;
    // Of the outlines around a hole the innermost is the one that lies in all others.
    const outline = around[i].filter((one) => parts.has(one)).sort((a, b) => extentOf(a) - extentOf(b))[0];
    (parts.get(outline) ?? [...parts.values()][0])?.push(ring);
  });
  return [...parts.values()];
}

/** What keeps parts from being an area; null when nothing does. @param {readonly Part[]} parts @returns {Trouble | null} */
export function troubleOf(parts) {
  if (parts.some((part) => part.some(crossesItself))) return 'crossing';
  for (const [outline, ...holes] of parts) {
    if (holes.some((hole) => !liesIn(hole, outline) || ringsCross(hole, outline))) return 'hole_outside';
    if (holes.some((hole, i) => holes.slice(i + 1).some((other) => overlap(hole, other)))) return 'overlap';
  }
  const apart = parts.every(([outline, ...holes], i) =>
    parts.slice(i + 1).every(([other, ...others]) => {
      if (!overlap(outline, other)) return true;
      // A part may lie in another's hole.
      return holes.some((hole) => within(other, hole)) || others.some((hole) => within(outline, hole));
    }),
  );
  return apart ? null : 'overlap';
}

/** @param {Ring} one @param {Ring} other */
const overlap = (one, other) => ringsCross(one, other) || liesIn(one, other) || liesIn(other, one);

/** @param {Ring} inner @param {Ring} outer */
const within = (inner, outer) => liesIn(inner, outer) && !ringsCross(inner, outer);

/** Twice the area in square degrees, for telling the larger. @param {Ring} ring */
const extentOf = (ring) => Math.abs(ring.slice(1).reduce((sum, b, i) => sum + turn(ring[0], ring[i], b), 0));

/**
 * About how large a ring is, from the lengths of a degree of WGS-84 at its first corner (for some kilometres good to a
 * thousandth). @param {Ring} ring @returns {number} square metres
 */
export function squareMetres(ring) {
  const sine2 = Math.sin((ring[0][1] * Math.PI) / 180) ** 2;
  const w2 = 1 - 0.00669437999014 * sine2;
  const degree = (6378137 * Math.PI) / 180;
  const east = (degree * Math.sqrt(1 - sine2)) / Math.sqrt(w2);
  const north = (degree * (1 - 0.00669437999014)) / (w2 * Math.sqrt(w2));
  return (extentOf(ring) / 2) * east * north;
}
