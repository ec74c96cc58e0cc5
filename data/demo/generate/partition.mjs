/**
 * The planar partition: communities from the hand-drawn lines, grids by cutting communities again and again.
 * Faces share vertex numbers, and a vertex put on a side is put into every face that has this side, so that
 * neighbours have identical vertices (T-junctions included) and rounding cannot open a gap.
 */
import { area, centroid, chainCrossesRing, crosses, distance, inside, mix, settle, smooth } from './plane.mjs';
import { COMMUNITIES, EDGES, NODES } from './layout.mjs';

const at = ([x, y]) => ({ x, y });

/** Vertices and faces of the partition. */
export class Mesh {
  constructor() {
    this.vertices = [];
    this.faces = [];
  }

  /** Adds a vertex, rounded as it will be written. */
  add(p) {
    this.vertices.push(settle(p));
    return this.vertices.length - 1;
  }

  ring(face) {
    return face.ring.map((v) => this.vertices[v]);
  }

  /** Puts a new vertex on the side a–b of every face that has it. */
  insert(a, b, p) {
    const v = this.add(p);
    for (const face of this.faces) {
      for (let i = 0; i < face.ring.length; i++) {
        const s = face.ring[i];
        const t = face.ring[(i + 1) % face.ring.length];
        if ((s === a && t === b) || (s === b && t === a)) {
          face.ring.splice(i + 1, 0, v);
          break;
        }
      }
    }
    return v;
  }
}

/** Draws the lines of the plan and follows their faces: one face a community, sides at most about 40 m. */
export function drawCommunities() {
  const mesh = new Mesh();
  const node = Object.fromEntries(Object.entries(NODES).map(([name, p]) => [name, mesh.add(at(p))]));
  const chains = EDGES.map((edge) => {
    const places = smooth([NODES[edge.from], ...edge.via, NODES[edge.to]].map(at), 38);
    const inner = places.slice(1, -1).map((p) => mesh.add(p));
    return { ...edge, chain: [node[edge.from], ...inner, node[edge.to]] };
  });

  // Half-edges at each junction in order of angle; the next side of a face is the one clockwise of the way back.
  const out = new Map();
  for (const { chain } of chains) {
    for (const c of [chain, [...chain].reverse()]) {
      const a = mesh.vertices[c[0]];
      const b = mesh.vertices[c[1]];
      const list = out.get(c[0]) ?? [];
      list.push({ c, angle: Math.atan2(b.y - a.y, b.x - a.x), used: false });
      out.set(c[0], list);
    }
  }
  for (const list of out.values()) list.sort((p, q) => p.angle - q.angle);
  for (const list of out.values()) {
    for (const start of list) {
      const ring = [];
      for (let half = start; !half.used; ) {
        half.used = true;
        ring.push(...half.c.slice(0, -1));
        const there = out.get(half.c[half.c.length - 1]);
        const back = there.findIndex((h) => h.c[1] === half.c[half.c.length - 2]);
        half = there[(back + there.length - 1) % there.length];
      }
      if (ring.length > 2 && area(ring.map((v) => mesh.vertices[v])) > 0) mesh.faces.push({ ring });
    }
  }
  for (const face of mesh.faces) {
    const found = COMMUNITIES.filter((c) => inside(at(c.at), mesh.ring(face)));
    if (found.length !== 1) throw new Error(`a face holds ${found.length} communities`);
    face.community = found[0].code;
  }
  return { mesh, chains };
}

/** The direction of the longest extent of a ring, in radians. */
function longAxis(ring) {
  const c = centroid(ring);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const w = distance(ring[i], ring[j]);
    const m = mix(ring[i], ring[j], 0.5);
    xx += w * (m.x - c.x) ** 2;
    xy += w * (m.x - c.x) * (m.y - c.y);
    yy += w * (m.y - c.y) ** 2;
  }
  return 0.5 * Math.atan2(2 * xy, xx - yy);
}

/** Where a straight line meets the ring: side number, place and distance along the line, in order. */
function meet(ring, c, angle) {
  const far = 5000;
  const a = { x: c.x - Math.cos(angle) * far, y: c.y - Math.sin(angle) * far };
  const b = { x: c.x + Math.cos(angle) * far, y: c.y + Math.sin(angle) * far };
  const hits = [];
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i];
    const q = ring[(i + 1) % ring.length];
    if (!crosses(a, b, p, q)) continue;
    const d = (b.x - a.x) * (q.y - p.y) - (b.y - a.y) * (q.x - p.x);
    const t = ((p.x - a.x) * (q.y - p.y) - (p.y - a.y) * (q.x - p.x)) / d;
    hits.push({ side: i, t: t * 2 * far, place: mix(a, b, t) });
  }
  return hits.sort((s, u) => s.t - u.t);
}

const perimeter = (ring) => ring.reduce((sum, p, i) => sum + distance(p, ring[(i + 1) % ring.length]), 0);
const roundness = (ring) => perimeter(ring) ** 2 / (4 * Math.PI * area(ring));

/** One way of cutting the ring in two, or null: the places of the cut and the two halves as places. */
function tryCut(ring, c, angle, bow, snap) {
  const hits = meet(ring, c, angle);
  if (hits.length < 2 || hits.length % 2) return null;
  let best = 0;
  for (let i = 2; i < hits.length; i += 2) {
    if (hits[i + 1].t - hits[i].t > hits[best + 1].t - hits[best].t) best = i;
  }
  const ends = [hits[best], hits[best + 1]].map((hit) => {
    const n = ring.length;
    const near = [hit.side, (hit.side + 1) % n].find((i) => distance(ring[i], hit.place) < snap);
    return near === undefined ? hit : { corner: near, place: ring[near] };
  });
  const [p, q] = ends.map((e) => e.place);
  const length = distance(p, q);
  if (length < 18) return null;
  const pieces = Math.max(1, Math.round(length / 42));
  const chain = [p];
  for (let i = 1; i < pieces; i++) {
    const u = i / pieces;
    const m = mix(p, q, u);
    const off = bow.bend * length * 4 * u * (1 - u) + bow.wave * length * Math.sin(2 * Math.PI * u);
    chain.push({ x: m.x - (off * (q.y - p.y)) / length, y: m.y + (off * (q.x - p.x)) / length });
  }
  chain.push(q);
  if (chain.slice(1, -1).some((m) => !inside(m, ring)) || chainCrossesRing(chain.slice(1, -1), ring)) return null;
  for (let i = 1; i < chain.length; i++) if (!inside(mix(chain[i - 1], chain[i], 0.5), ring)) return null;

  // From the second end along the ring to the first, then along the cut; and the other way round.
  const index = (e) => (e.corner === undefined ? e.side + 0.5 : e.corner);
  const walk = (from, to) => {
    const list = [];
    const n = ring.length;
    for (let i = Math.floor(index(from)) + 1, k = 0; k <= n; i++, k++) {
      const corner = i % n;
      if (to.corner === undefined ? corner === (to.side + 1) % n : corner === to.corner) break;
      list.push(corner);
    }
    return list;
  };
  if (index(ends[0]) === index(ends[1])) return null;
  const right = walk(ends[1], ends[0]);
  const left = walk(ends[0], ends[1]);
  const middle = chain.slice(1, -1);
  const ringA = [p, ...middle, q, ...right.map((i) => ring[i])];
  const ringB = [q, ...[...middle].reverse(), p, ...left.map((i) => ring[i])];
  if (area(ringA) <= 0 || area(ringB) <= 0) return null;
  return { ends, middle, right, left, ringA, ringB, chain };
}

/** The best of many cuts that gives `share` of the area to one side. `rng` makes blocks differ. */
export function bestCut(ring, share, rng, snap) {
  const axis = longAxis(ring);
  const c = centroid(ring);
  const extent = Math.sqrt(area(ring));
  const lean = rng.range(-0.26, 0.26);
  const bow = { bend: rng.range(-0.07, 0.07), wave: rng.range(-0.035, 0.035) };
  let best = null;
  for (const turn of [0, 0.12, -0.12, 0.3, -0.3, 0.6, -0.6, Math.PI / 2]) {
    for (let k = -12; k <= 12; k++) {
      const step = (k / 12) * extent * 0.8;
      const place = { x: c.x + Math.cos(axis) * step, y: c.y + Math.sin(axis) * step };
      const cut = tryCut(ring, place, axis + Math.PI / 2 + lean + turn, bow, snap);
      if (!cut) continue;
      const ratio = area(cut.ringA) / area(ring);
      const off = Math.min(Math.abs(ratio - share), Math.abs(1 - ratio - share));
      const score = off * 6 + roundness(cut.ringA) + roundness(cut.ringB) + rng.range(0, 0.12);
      if (!best || score < best.score) best = { ...cut, score, ratio };
    }
  }
  return best;
}

/** Cuts a face of the mesh into `pieces`; the cuts are kept as roads with their depth. */
function cutFace(mesh, face, pieces, rng, roads, depth) {
  if (pieces === 1) return;
  const first = Math.floor(pieces / 2);
  const share = Math.min(0.7, Math.max(0.3, first / pieces + rng.range(-0.05, 0.05)));
  const cut = bestCut(mesh.ring(face), share, rng, 16);
  if (!cut) throw new Error('no cut found');
  const before = [...face.ring];
  const corner = (end) =>
    end.corner === undefined
      ? mesh.insert(before[end.side], before[(end.side + 1) % before.length], end.place)
      : before[end.corner];
  const p = corner(cut.ends[0]);
  const q = corner(cut.ends[1]);
  const middle = cut.middle.map((m) => mesh.add(m));
  const rightRing = [p, ...middle, q, ...cut.right.map((i) => before[i])];
  const leftRing = [q, ...[...middle].reverse(), p, ...cut.left.map((i) => before[i])];
  const other = { ...face, ring: leftRing };
  face.ring = rightRing;
  mesh.faces.push(other);
  roads.push({ chain: [p, ...middle, q], depth, community: face.community });
  const rightCount = Math.abs(cut.ratio - first / pieces) <= Math.abs(1 - cut.ratio - first / pieces) ? first : pieces - first;
  cutFace(mesh, face, rightCount, rng, roads, depth + 1);
  cutFace(mesh, other, pieces - rightCount, rng, roads, depth + 1);
}

/** Cuts the communities into about `total` grids in proportion to their area. */
export function cutGrids(mesh, total, openStream) {
  const communities = [...mesh.faces];
  const whole = communities.reduce((sum, f) => sum + area(mesh.ring(f)), 0);
  const roads = [];
  for (const face of communities) {
    const pieces = Math.max(4, Math.round((area(mesh.ring(face)) / whole) * total));
    cutFace(mesh, face, pieces, openStream(`grids/${face.community}`), roads, 0);
  }
  return roads;
}

/** Cuts one grid into parcels of about `size` m²; returns parcels, the alleys between them, and the two halves. */
export function cutParcels(ring, size, rng) {
  const parcels = [];
  const alleys = [];
  const halves = [];
  const go = (r, depth) => {
    const cut = area(r) > size * 1.5 && depth < 4 ? bestCut(r, 0.5 + rng.range(-0.1, 0.1), rng, 9) : null;
    if (!cut) {
      parcels.push(r);
      return;
    }
    alleys.push({ chain: cut.chain, depth });
    if (depth === 0) halves.push(cut.ringA, cut.ringB);
    go(cut.ringA, depth + 1);
    go(cut.ringB, depth + 1);
  };
  go(ring, 0);
  return { parcels, alleys, halves };
}

/** The boundary of a set of faces as one ring of vertex numbers: sides that no other face of the set has backwards. */
export function outline(faces) {
  const sides = new Map();
  for (const { ring } of faces) {
    ring.forEach((v, i) => sides.set(`${v}>${ring[(i + 1) % ring.length]}`, [v, ring[(i + 1) % ring.length]]));
  }
  const next = new Map();
  for (const [a, b] of sides.values()) {
    if (sides.has(`${b}>${a}`)) continue;
    if (next.has(a)) throw new Error('the outline touches itself');
    next.set(a, b);
  }
  const start = [...next.keys()].sort((a, b) => a - b)[0];
  const ring = [start];
  for (let v = next.get(start); v !== start; v = next.get(v)) ring.push(v);
  if (ring.length !== next.size) throw new Error('the outline has more than one ring');
  return ring;
}
