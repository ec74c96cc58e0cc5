// @ts-check
/**
 * GCJ-02, the shifted datum of Chinese web maps, to and from WGS-84. The shift is the publicly known series on the
 * Krasovsky 1940 ellipsoid; the way back is a fixed-point iteration, good to far below a millimetre.
 */

const semiMajor = 6378245;
const eccentricity2 = 0.00669342162296594323;

/** @typedef {import('../types.js').LonLat} LonLat */

/** @param {number} lon @param {number} lat Rough rectangle inside which the shift is applied at all. */
const shifted = (lon, lat) => lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

/** @param {number} x @param {number} a @param {number} b amplitudes of two harmonics of x */
const waves = (x, a, b) => a * Math.sin(x * Math.PI) + b * Math.sin((x / 3) * Math.PI);

/** @param {number} lon @param {number} lat @returns {LonLat} the shift in degrees at a WGS-84 place */
function offset(lon, lat) {
  const x = lon - 105;
  const y = lat - 35;
  const ripple = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    ripple +
    (waves(y, 20, 40) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    ripple +
    (waves(x, 20, 40) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const phi = (lat / 180) * Math.PI;
  const w2 = 1 - eccentricity2 * Math.sin(phi) ** 2;
  const w = Math.sqrt(w2);
  return [
    (east * 180) / ((semiMajor / w) * Math.cos(phi) * Math.PI),
    (north * 180) / (((semiMajor * (1 - eccentricity2)) / (w2 * w)) * Math.PI),
  ];
}

/** @param {LonLat} place WGS-84 @returns {LonLat} GCJ-02; unchanged outside the rectangle */
export function toGcj02([lon, lat]) {
  if (!shifted(lon, lat)) return [lon, lat];
  const [east, north] = offset(lon, lat);
  return [lon + east, lat + north];
}

/** @param {LonLat} place GCJ-02 @returns {LonLat} WGS-84; unchanged outside the rectangle */
export function fromGcj02([lon, lat]) {
  if (!shifted(lon, lat)) return [lon, lat];
  let guess = /** @type {LonLat} */ ([lon, lat]);
  for (let round = 0; round < 12; round++) {
    const [east, north] = offset(guess[0], guess[1]);
    const next = /** @type {LonLat} */ ([lon - east, lat - north]);
    const step = Math.abs(next[0] - guess[0]) + Math.abs(next[1] - guess[1]);
    guess = next;
    if (step < 1e-12) break;
  }
  return guess;
}
