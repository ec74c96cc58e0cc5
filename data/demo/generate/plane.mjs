/**
 * The local metric plane (x metres east, y metres north of 106.55 E, 29.565 N) and plane geometry on it.
 * Degrees are WGS-84, longitude first, rounded to 1e-7 (about a centimetre).
 */

const ORIGIN = { lon: 106.55, lat: 29.565 };
const SEMI_MAJOR = 6378137;
const E2 = 0.0066943799901413165;

/** Metres per degree of longitude and latitude on the WGS-84 ellipsoid at that latitude. */
export function metresPerDegree(lat) {
  const phi = (lat * Math.PI) / 180;
  const w2 = 1 - E2 * Math.sin(phi) ** 2;
  const w = Math.sqrt(w2);
  return {
    lon: ((SEMI_MAJOR / w) * Math.cos(phi) * Math.PI) / 180,
    lat: (((SEMI_MAJOR * (1 - E2)) / (w2 * w)) * Math.PI) / 180,
  };
}

const SCALE = metresPerDegree(ORIGIN.lat);

/** Whole 1e-7 degrees as a number with at most seven decimals. */
const round7 = (value) => Math.round(value * 1e7) / 1e7;

/** Metres to rounded degrees. */
export function toDegrees(p) {
  return [round7(ORIGIN.lon + p.x / SCALE.lon), round7(ORIGIN.lat + p.y / SCALE.lat)];
}

/** Degrees to metres. */
export function toMetres([lon, lat]) {
  return { x: (lon - ORIGIN.lon) * SCALE.lon, y: (lat - ORIGIN.lat) * SCALE.lat };
}

/** The same place after rounding to 1e-7 degree: what a reader of the file will see. */
export const settle = (p) => toMetres(toDegrees(p));

/**
 * Metres between two places in degrees, less than a kilometre apart: plane distance with the ellipsoidal scale at
 * their middle latitude. Differs from the geodesic by less than a millimetre.
 */
export function metresBetween(a, b) {
  const scale = metresPerDegree((a[1] + b[1]) / 2);
  return Math.hypot((a[0] - b[0]) * scale.lon, (a[1] - b[1]) * scale.lat);
}

export const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
export const mix = (a, b, t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });

/** Signed area in m², positive when the ring runs anticlockwise. The ring is open (first point not repeated). */
export function area(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j].x * ring[i].y - ring[i].x * ring[j].y;
  }
  return sum / 2;
}

export function centroid(ring) {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j].x * ring[i].y - ring[i].x * ring[j].y;
    sum += cross;
    x += (ring[j].x + ring[i].x) * cross;
    y += (ring[j].y + ring[i].y) * cross;
  }
  return { x: x / (3 * sum), y: y / (3 * sum) };
}

export function inside(p, ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  }
  return odd;
}

/** The nearest place on the segment a–b. */
export function nearestOnSegment(p, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2));
  return { x: a.x + t * dx, y: a.y + t * dy };
}

/** Metres from p to a line (open chain), or to a ring when closed. */
export function distanceToChain(p, chain, closed) {
  let best = Infinity;
  for (let i = closed ? 0 : 1; i < chain.length; i++) {
    const a = chain[(i + chain.length - 1) % chain.length];
    best = Math.min(best, distance(p, nearestOnSegment(p, a, chain[i])));
  }
  return best;
}

export const distanceToRing = (p, ring) => distanceToChain(p, ring, true);

const side = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** Whether the open segments a–b and c–d cross properly. */
export function crosses(a, b, c, d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

export function chainCrossesRing(chain, ring) {
  for (let i = 1; i < chain.length; i++) {
    for (let j = 0, k = ring.length - 1; j < ring.length; k = j++) {
      if (crosses(chain[i - 1], chain[i], ring[k], ring[j])) return true;
    }
  }
  return false;
}

export const ringsMeet = (a, b) =>
  chainCrossesRing([...a, a[0]], b) || inside(a[0], b) || inside(b[0], a);

/** Whether no two sides of the ring cross or touch other than neighbours at their common corner. */
export function isSimple(ring) {
  const n = ring.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (crosses(ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n])) return false;
    }
  }
  return n > 2;
}

export function chainLength(chain) {
  let sum = 0;
  for (let i = 1; i < chain.length; i++) sum += distance(chain[i - 1], chain[i]);
  return sum;
}

/** The place that many metres along the chain, and the unit direction there. */
export function along(chain, metres) {
  let left = metres;
  for (let i = 1; i < chain.length; i++) {
    const step = distance(chain[i - 1], chain[i]);
    if (left <= step || i === chain.length - 1) {
      const t = step === 0 ? 0 : Math.min(1, left / step);
      const at = mix(chain[i - 1], chain[i], t);
      return { ...at, dx: (chain[i].x - chain[i - 1].x) / step, dy: (chain[i].y - chain[i - 1].y) / step };
    }
    left -= step;
  }
  throw new Error('empty chain');
}

/** The part of the chain between two distances from its start. */
export function part(chain, from, to) {
  const out = [along(chain, from)];
  let at = 0;
  for (let i = 1; i < chain.length - 1; i++) {
    at += distance(chain[i - 1], chain[i]);
    if (at > from + 1 && at < to - 1) out.push(chain[i]);
  }
  out.push(along(chain, to));
  return out.map(({ x, y }) => ({ x, y }));
}

/** A smooth chain through the given places (centripetal enough for hand-drawn ones), a vertex about every `step` metres. */
export function smooth(places, step) {
  const out = [places[0]];
  for (let i = 0; i < places.length - 1; i++) {
    const p0 = places[Math.max(0, i - 1)];
    const p1 = places[i];
    const p2 = places[i + 1];
    const p3 = places[Math.min(places.length - 1, i + 2)];
    const pieces = Math.max(1, Math.round(distance(p1, p2) / step));
    for (let k = 1; k <= pieces; k++) {
      const t = k / pieces;
      const blend = (a, b, c, d) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
      out.push(k === pieces ? p2 : { x: blend(p0.x, p1.x, p2.x, p3.x), y: blend(p0.y, p1.y, p2.y, p3.y) });
    }
  }
  return out;
}

/** The chain moved sideways by that many metres, to the left of its direction. */
export function offsetChain(chain, metres) {
  return chain.map((p, i) => {
    const a = chain[Math.max(0, i - 1)];
    const b = chain[Math.min(chain.length - 1, i + 1)];
    const length = distance(a, b);
    return { x: p.x - ((b.y - a.y) / length) * metres, y: p.y + ((b.x - a.x) / length) * metres };
  });
}

/** The ring without corners that bend by less than about nine degrees. */
export function simplifyRing(ring) {
  return ring.filter((p, i) => {
    const a = ring[(i + ring.length - 1) % ring.length];
    const b = ring[(i + 1) % ring.length];
    return Math.abs(side(a, p, b)) > 0.16 * distance(a, p) * distance(p, b);
  });
}

/** The anticlockwise ring drawn in by that many metres (out when negative); null when it does not fit. */
export function insetRing(ring, metres) {
  const base = simplifyRing(ring);
  if (base.length < 3) return null;
  const n = base.length;
  const out = base.map((p, i) => {
    const a = base[(i + n - 1) % n];
    const b = base[(i + 1) % n];
    const u = { x: (p.x - a.x) / distance(a, p), y: (p.y - a.y) / distance(a, p) };
    const v = { x: (b.x - p.x) / distance(p, b), y: (b.y - p.y) / distance(p, b) };
    const bisect = { x: -u.y - v.y, y: u.x + v.x };
    const k = bisect.x * bisect.x + bisect.y * bisect.y;
    if (k < 0.2) return p;
    return { x: p.x + (2 * bisect.x * metres) / k, y: p.y + (2 * bisect.y * metres) / k };
  });
  if (!isSimple(out) || area(out) < 60) return null;
  if (metres > 0 && out.some((p) => !inside(p, ring) || distanceToRing(p, ring) < metres * 0.6)) return null;
  if (metres > 0 && chainCrossesRing([...out, out[0]], ring)) return null;
  return out;
}
