// @ts-check
/** Pure geometry on GeoJSON: extents and the place where a name is written. */

/** @typedef {import('../types.js').LonLat} LonLat @typedef {import('../types.js').BBox} BBox @typedef {import('../types.js').Geometry} Geometry */

/** @param {any} coordinates @param {(place: LonLat) => void} visit */
function eachPlace(coordinates, visit) {
  if (typeof coordinates[0] === 'number') visit(/** @type {LonLat} */ (coordinates));
  else for (const part of coordinates) eachPlace(part, visit);
}

/** @param {Geometry | null} geometry @returns {BBox | null} */
export function extent(geometry) {
  if (!geometry) return null;
  if (geometry.type === 'GeometryCollection') return union(geometry.geometries.map(extent));
  /** @type {BBox} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  eachPlace(geometry.coordinates, ([lon, lat]) => {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  });
  return box[0] <= box[2] ? box : null;
}

/** @param {(BBox | null)[]} boxes @returns {BBox | null} */
export function union(boxes) {
  return boxes.reduce((all, box) => {
    if (!all || !box) return all ?? box;
    return [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])];
  }, null);
}

/** @param {LonLat[]} ring @returns {number} twice the signed area, in square degrees */
const shoelace = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0);

/**
 * A place well inside an area: on the row through the middle of its largest part, the middle of the widest run
 * that is inside. Good enough for a name; unlike a centroid it is never outside.
 * @param {Geometry} geometry @returns {LonLat | null}
 */
export function labelPlace(geometry) {
  /** @type {LonLat[][][]} */
  let parts;
  if (geometry.type === 'Polygon') parts = [/** @type {LonLat[][]} */ (geometry.coordinates)];
  else if (geometry.type === 'MultiPolygon') parts = /** @type {LonLat[][][]} */ (geometry.coordinates);
  else return null;
  if (parts.length === 0) return null;
  const largest = parts.reduce((a, b) => (Math.abs(shoelace(b[0])) > Math.abs(shoelace(a[0])) ? b : a));
  const box = extent({ type: 'Polygon', coordinates: [largest[0]] });
  if (!box) return null;
  const rows = [0.5, 0.4, 0.6].map((share) => widestRun(largest, box[1] + (box[3] - box[1]) * share));
  const best = rows.reduce((a, b) => (b.width > a.width ? b : a));
  return [best.lon, best.lat];
}

/** @param {LonLat[][]} rings @param {number} lat @returns {{ lon: number, lat: number, width: number }} */
function widestRun(rings, lat) {
  const crossings = rings
    .flatMap((ring) =>
      ring.flatMap(([x, y], i) => {
        const [nx, ny] = ring[(i + 1) % ring.length];
        return y > lat === ny > lat ? [] : [x + ((lat - y) / (ny - y)) * (nx - x)];
      }),
    )
    .sort((a, b) => a - b);
  let best = { lon: rings[0][0][0], lat, width: 0 };
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1] - crossings[i];
    if (width > best.width) best = { lon: (crossings[i] + crossings[i + 1]) / 2, lat, width };
  }
  return best;
}

/** @param {import('../types.js').Feature} feature @returns {LonLat | null} where its symbol stands */
export function anchorOf(feature) {
  const given = feature.properties.anchor;
  if (Array.isArray(given) && given.length === 2) return /** @type {LonLat} */ (given);
  if (feature.geometry?.type === 'Point') return /** @type {LonLat} */ (feature.geometry.coordinates);
  const box = extent(feature.geometry);
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** Whether a place lies in an area: even–odd rule over the rings of each part. @param {Geometry} geometry @param {number} lon @param {number} lat */
export function covers(geometry, lon, lat) {
  const parts =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return parts.some((rings) => {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [x1, y1] = ring[i];
        const [x2, y2] = ring[j];
        if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
    }
    return inside;
  });
}
