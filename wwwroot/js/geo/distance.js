// @ts-check
/**
 * Short distances on the WGS-84 ellipsoid, for sorting and showing what is near. Places within some ten kilometres are
 * laid on the plane that touches the ellipsoid at one of them (error below a millimetre per hundred metres); what is
 * recorded as a distance is always measured by the service.
 */

/** @typedef {import('../types.js').LonLat} LonLat @typedef {import('../types.js').Geometry} Geometry */

const semiMajor = 6378137;
const eccentricity2 = 0.00669437999014;
const degree = Math.PI / 180;

/** @param {LonLat} origin @returns {(place: LonLat) => LonLat} metres east and north of the origin */
function plane([lon, lat]) {
  const w2 = 1 - eccentricity2 * Math.sin(lat * degree) ** 2;
  const east = (semiMajor / Math.sqrt(w2)) * Math.cos(lat * degree) * degree;
  const north = ((semiMajor * (1 - eccentricity2)) / (w2 * Math.sqrt(w2))) * degree;
  return ([x, y]) => [(x - lon) * east, (y - lat) * north];
}

/** @param {LonLat} a @param {LonLat} b @returns {number} metres from the origin to the segment between two plane places */
function toSegment([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
  return Math.hypot(ax + share * dx, ay + share * dy);
}

/** @param {LonLat[]} line @returns {number} */
const toLine = (line) =>
  line.length === 1 ? Math.hypot(...line[0]) : Math.min(...line.slice(1).map((place, i) => toSegment(line[i], place)));

/** @param {LonLat[]} ring @returns {boolean} whether the origin lies inside */
const around = (ring) =>
  ring.reduce((inside, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return y > 0 !== ny > 0 && (-y * (nx - x)) / (ny - y) + x > 0 ? !inside : inside;
  }, false);

/** @param {LonLat} place @param {Geometry | null} geometry @returns {number} metres to the nearest part, 0 inside an area */
export function distanceTo(place, geometry) {
  const put = plane(place);
  /** @param {any} part @returns {number} */
  const measure = (part) => {
    if (!part) return Infinity;
    const { type, coordinates: c } = part;
    if (type === 'Point') return Math.hypot(...put(c));
    if (type === 'LineString') return toLine(c.map(put));
    if (type === 'Polygon') {
      const rings = c.map((/** @type {LonLat[]} */ ring) => ring.map(put));
      const inside = rings.filter(around).length % 2 === 1;
      return inside ? 0 : Math.min(...rings.map(toLine));
    }
    if (type === 'GeometryCollection') return Math.min(...part.geometries.map(measure));
    const single = type.replace('Multi', '');
    return Math.min(...c.map((/** @type {any} */ each) => measure({ type: single, coordinates: each })));
  };
  return measure(geometry);
}
