/**
 * Walking distances over `ways.geojson` as it is read: vertices with equal coordinates are one node, every side of a line an
 * edge, and E. W. Dijkstra's algorithm (1959) with a plain list. Only for ways whose meeting places are common vertices.
 */
import { metresBetween, nearestOnSegment, toMetres } from './plane.mjs';

/** Farther than this from a way on the ground a place is not on the network. */
const SNAP = 50;

/** The network of GeoJSON features with LineStrings and `layer`. */
export function network(features) {
  const nodes = new Map();
  const edges = [];
  for (const { geometry, properties } of features) {
    const line = geometry.coordinates;
    for (let i = 1; i < line.length; i++) {
      const edge = { a: String(line[i - 1]), b: String(line[i]), from: line[i - 1], to: line[i], layer: properties.layer };
      edge.metres = metresBetween(edge.from, edge.to);
      edges.push(edge);
      for (const key of [edge.a, edge.b]) nodes.set(key, [...(nodes.get(key) ?? []), edge]);
    }
  }
  return { nodes, edges };
}

/** The nearest place of the ways on the ground: its edge, metres from the edge's ends, and the leg to it. */
function snap({ edges }, position) {
  const p = toMetres(position);
  let best = null;
  for (const edge of edges) {
    if (edge.layer !== 0) continue;
    const [a, b] = [toMetres(edge.from), toMetres(edge.to)];
    const q = nearestOnSegment(p, a, b);
    const d = Math.hypot(p.x - q.x, p.y - q.y);
    if (best && d >= best.d) continue;
    const t = Math.hypot(q.x - a.x, q.y - a.y) / Math.hypot(b.x - a.x, b.y - a.y);
    best = { d, edge, t };
  }
  if (!best || best.d > SNAP) return null;
  const { edge, t } = best;
  const on = [0, 1].map((k) => edge.from[k] + (edge.to[k] - edge.from[k]) * t);
  return { edge, toA: edge.metres * t, toB: edge.metres * (1 - t), leg: metresBetween(position, on) };
}

/** Metres on foot from the nearest of some places (`{ code, position }`), as a function of the door's position. */
export function walksFrom(net, starts) {
  const best = new Map();
  const todo = new Map();
  const offer = (key, metres, gate) => {
    if (!best.has(key) && !(todo.get(key)?.metres <= metres)) todo.set(key, { metres, gate });
  };
  const snapped = starts.map((s) => ({ gate: s.code, at: snap(net, s.position) })).filter((s) => s.at);
  for (const { gate, at } of snapped) {
    offer(at.edge.a, at.leg + at.toA, gate);
    offer(at.edge.b, at.leg + at.toB, gate);
  }
  while (todo.size > 0) {
    let next = null;
    for (const [key, reached] of todo) if (!next || reached.metres < next[1].metres) next = [key, reached];
    const [key, reached] = next;
    todo.delete(key);
    best.set(key, reached);
    for (const edge of net.nodes.get(key)) offer(edge.a === key ? edge.b : edge.a, reached.metres + edge.metres, reached.gate);
  }
  return (position) => {
    const door = snap(net, position);
    if (!door) return null;
    const ways = snapped
      .filter((s) => s.at.edge === door.edge)
      .map((s) => ({ metres: s.at.leg + Math.abs(s.at.toA - door.toA), gate: s.gate }));
    if (best.has(door.edge.a)) ways.push({ ...best.get(door.edge.a), metres: best.get(door.edge.a).metres + door.toA });
    if (best.has(door.edge.b)) ways.push({ ...best.get(door.edge.b), metres: best.get(door.edge.b).metres + door.toB });
    ways.sort((x, y) => x.metres - y.metres);
    return ways.length === 0 ? null : { gate: ways[0].gate, metres: ways[0].metres + door.leg };
  };
}
