/**
 * Ways to walk on: the roads and the bridge of the base, and made-up footpaths and steps where the drawing leaves roads, school
 * gates or whole quarters without a way. Where two ways of one layer meet, both have the very same vertex there.
 */
import { crosses, distance, inside, mix, nearestOnSegment, settle } from './plane.mjs';

/** Vertices nearer than this are one, metres. */
const SAME = 0.7;
/** A road that ends this near another goes on to it. */
const GAP = 30;
/** The longest footpath that ties a quarter to the rest. */
const LINK = 120;

const KINDS = { road_main: 'secondary', road_minor: 'residential', bridge: 'secondary' };

export function makeWays(base, schools) {
  const ways = base
    .filter((b) => KINDS[b.kind])
    .map((b) => ({ name: b.name, kind: KINDS[b.kind], layer: b.kind === 'bridge' ? 1 : 0, places: b.places }));
  const ground = () => ways.filter((w) => w.layer === 0);
  const add = (kind, from, to) => ways.push({ name: null, kind, layer: 0, places: [from, settle(to)] });

  for (const way of ground()) {
    for (const end of [way.places[0], way.places.at(-1)]) {
      const near = nearest(end, ground().filter((w) => w !== way), schools);
      if (near && near.metres > SAME && near.metres < GAP) add('footway', end, near.place);
    }
  }
  let steps = 0;
  for (const gate of schools.flatMap((s) => s.gates)) {
    const near = nearest(gate.place, ground(), schools);
    // In a town of hills every third way to a gate is a flight of steps.
    if (near && near.metres > SAME) add(steps++ % 3 === 2 ? 'steps' : 'footway', gate.place, near.place);
  }
  for (let i = 0; i < 3; i++) node(ways);
  tie(ways, schools, add);
  for (let i = 0; i < 3; i++) node(ways);
  return once(ways).map((w, i) => ({
    code: `W${String(i + 1).padStart(3, '0')}`,
    name: w.name,
    kind: w.kind,
    layer: w.layer,
    bridge: w.layer > 0,
    tunnel: false,
    places: w.places,
  }));
}

/** Where two ways run over the same ground, the first has it; the other is left in pieces. */
function once(ways) {
  const seen = new Set();
  return ways.flatMap((way) => {
    const runs = [];
    let run = null;
    way.places.slice(1).forEach((b, i) => {
      const a = way.places[i];
      const key = [a, b].map((p) => `${p.x} ${p.y}`).sort().join();
      if (seen.has(key)) {
        run = null;
        return;
      }
      seen.add(key);
      if (run) run.push(b);
      else runs.push((run = [a, b]));
    });
    return runs.map((places) => ({ ...way, places }));
  });
}

/** Whether the straight line stays off every campus; it may begin or end on the wall. */
function open(a, b, schools) {
  return schools.every((s) => {
    if (s.ring.some((p, i) => crosses(a, b, p, s.ring[(i + 1) % s.ring.length]))) return false;
    return ![0.02, 0.25, 0.5, 0.75, 0.98].some((t) => inside(mix(a, b, t), s.ring));
  });
}

/** The nearest place of some ways that is reached in a straight line. */
function nearest(p, ways, schools) {
  let best = null;
  for (const way of ways) {
    for (let i = 1; i < way.places.length; i++) {
      const q = nearestOnSegment(p, way.places[i - 1], way.places[i]);
      const metres = distance(p, q);
      if ((!best || metres < best.metres) && (metres <= SAME || open(p, q, schools))) best = { place: q, metres };
    }
  }
  return best;
}

/** Gives ways that meet a common vertex: equal ones made the same, then ends on lines, then crossings. */
function node(ways) {
  const seen = [];
  const same = (p) => {
    const found = seen.find((q) => Math.abs(q.x - p.x) <= SAME && Math.abs(q.y - p.y) <= SAME && distance(p, q) <= SAME);
    if (!found) seen.push(p);
    return found ?? p;
  };
  for (const way of ways) {
    way.places = way.places.map(same).filter((p, i, all) => i === 0 || p !== all[i - 1]);
  }
  const ground = ways.filter((w) => w.layer === 0);
  const segments = ground.flatMap((way) => way.places.slice(1).map((b, i) => ({ way, a: way.places[i], b, cuts: [] })));
  for (let i = 0; i < segments.length; i++) {
    for (let j = i + 1; j < segments.length; j++) meet(segments[i], segments[j], same);
  }
  for (const way of ground) {
    const own = segments.filter((s) => s.way === way);
    way.places = [own[0].a];
    for (const s of own) {
      s.cuts.sort((p, q) => distance(s.a, p) - distance(s.a, q));
      for (const p of [...s.cuts, s.b]) if (p !== way.places.at(-1)) way.places.push(p);
    }
  }
}

function meet(s, t, same) {
  if (Math.max(s.a.x, s.b.x) + SAME < Math.min(t.a.x, t.b.x) || Math.max(t.a.x, t.b.x) + SAME < Math.min(s.a.x, s.b.x)) return;
  if (Math.max(s.a.y, s.b.y) + SAME < Math.min(t.a.y, t.b.y) || Math.max(t.a.y, t.b.y) + SAME < Math.min(s.a.y, s.b.y)) return;
  let touched = false;
  for (const [segment, ends] of [[s, [t.a, t.b]], [t, [s.a, s.b]]]) {
    for (const end of ends) {
      if (end === segment.a || end === segment.b) touched = true;
      else if (distance(end, nearestOnSegment(end, segment.a, segment.b)) <= SAME) {
        segment.cuts.push(end);
        touched = true;
      }
    }
  }
  if (touched || !crosses(s.a, s.b, t.a, t.b)) return;
  const cross = (u, v) => u.x * v.y - u.y * v.x;
  const u = { x: s.b.x - s.a.x, y: s.b.y - s.a.y };
  const v = { x: t.b.x - t.a.x, y: t.b.y - t.a.y };
  const share = cross({ x: t.a.x - s.a.x, y: t.a.y - s.a.y }, v) / cross(u, v);
  const place = same(settle(mix(s.a, s.b, share)));
  s.cuts.push(place);
  t.cuts.push(place);
}

/** Ties every part of the network to the largest by the shortest footpath that can be had. */
function tie(ways, schools, add) {
  for (;;) {
    const parts = components(ways.filter((w) => w.layer === 0));
    let best = null;
    for (const part of parts.slice(1)) {
      for (const p of part.flatMap((w) => w.places)) {
        const near = nearest(p, parts[0], schools);
        if (near && near.metres <= LINK && (!best || near.metres < best.metres)) best = { from: p, ...near };
      }
    }
    if (!best) return;
    add('footway', best.from, best.place);
    node(ways);
  }
}

/** Ways that hang together, the most vertices first. */
function components(ways) {
  const at = new Map();
  for (const way of ways) for (const p of way.places) at.set(p, [...(at.get(p) ?? []), way]);
  const parts = [];
  const seen = new Set();
  for (const first of ways) {
    if (seen.has(first)) continue;
    const part = [first];
    seen.add(first);
    for (const way of part) {
      for (const next of way.places.flatMap((p) => at.get(p))) {
        if (!seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
      }
    }
    parts.push(part);
  }
  const size = (part) => part.reduce((sum, w) => sum + w.places.length, 0);
  return parts.sort((a, b) => size(b) - size(a));
}
