/** The map's own base: river, roads, rail, bridge and parks as lines and areas. */
import { along, chainLength, distance, inside, mix, offsetChain, settle, smooth } from './plane.mjs';
import { BRIDGE, NODES, OUTSIDE, RIVER, STATIONS } from './layout.mjs';

/** Metres between the shore and the road along it. */
export const SHORE_ROAD = 30;

const at = ([x, y]) => ({ x, y });

/** The shore and its continuation, drawn inland by that many metres and smoothed; `reach` places beyond the street. */
export function alongRiver(geo, inland, reach) {
  const west = reach ? RIVER.west.slice(-reach).map(at) : [];
  const east = RIVER.east.slice(0, reach).map(at);
  const thin = geo.shore.filter((_, i) => i % 2 === 0 || i === geo.shore.length - 1);
  return smooth(offsetChain([...west, ...thin, ...east], -inland), 25);
}

export function makeBase(geo, schools, points) {
  const features = [];
  const put = (kind, name, type, places) =>
    features.push({ code: `B${String(features.length + 1).padStart(3, '0')}`, name, kind, type, places: places.map(settle) });
  const inCampus = (p) => schools.some((s) => inside(p, s.ring));
  const west = smooth(RIVER.west.map(at), 45);
  const east = smooth(RIVER.east.map(at), 45);
  const far = smooth(RIVER.far.map(at), 45);
  put('river', RIVER.name, 'Polygon', [...west, ...geo.shore, ...east, ...far].reverse());
  for (const p of points.filter((q) => q.type === 'park')) put('park', p.name, 'Polygon', p.places);

  // Main roads: lines of the same name that follow each other become one.
  const done = new Set();
  for (const road of geo.mainRoads) {
    if (done.has(road)) continue;
    done.add(road);
    let line = [...road.line];
    for (let grown = true; grown; ) {
      grown = false;
      for (const other of geo.mainRoads) {
        if (done.has(other) || other.road !== road.road) continue;
        const first = other.line[0];
        const last = other.line[other.line.length - 1];
        if (first === line[line.length - 1]) line = [...line, ...other.line.slice(1)];
        else if (last === line[0]) line = [...other.line.slice(0, -1), ...line];
        else if (last === line[line.length - 1]) line = [...line, ...[...other.line].reverse().slice(1)];
        else if (first === line[0]) line = [...[...other.line].reverse().slice(0, -1), ...line];
        else continue;
        done.add(other);
        grown = true;
      }
    }
    // 双钢路 alone runs on over the shore: onto the bridge.
    if (road.road === '双钢路') put('road_main', road.road, 'LineString', line);
    else putOpen('road_main', road.road, line);
  }
  put('road_main', '嘉陵江滨江路', 'LineString', geo.riverRoad);
  for (const road of OUTSIDE) put('road_main', road.name, 'LineString', smooth([...(road.from ? [NODES[road.from]] : []), ...road.via].map(at), 40));
  put('bridge', BRIDGE.name, 'LineString', smooth(BRIDGE.via.map(at), 60));
  put('rail', '轻轨线', 'LineString', geo.rail);
  for (const s of STATIONS) {
    const p = along(geo.stationLine, chainLength(geo.stationLine) * s.at);
    put('station', `${s.name}站`, 'Point', [{ x: p.x, y: p.y }]);
  }
  const counts = new Map();
  for (const road of geo.minorRoads) {
    const community = geo.communities.find((c) => c.code === road.community).short;
    const n = (counts.get(community) ?? 0) + 1;
    counts.set(community, n);
    putOpen('road_minor', `${community}支路${n}号`, road.line);
  }
  for (const grid of geo.grids) for (const alley of grid.alleys) putOpen('road_minor', alley.name ?? null, alley.chain);
  for (const chain of geo.crossAlleys) putOpen('road_minor', null, chain);
  return features;

  /** The parts of a line that can be driven on: outside the campuses and not beyond the road along the shore. */
  function putOpen(kind, name, line) {
    const fine = [];
    line.forEach((p, i) => {
      if (i === 0) return fine.push({ p, corner: true });
      const steps = Math.max(1, Math.ceil(distance(line[i - 1], p) / 4));
      for (let k = 1; k <= steps; k++) fine.push({ p: mix(line[i - 1], p, k / steps), corner: k === steps });
    });
    let run = [];
    const end = () => {
      const kept = run.filter((f, i) => f.corner || i === 0 || i === run.length - 1).map((f) => f.p);
      if (kept.length > 1 && chainLength(kept) > 6) put(kind, name, 'LineString', kept);
      run = [];
    };
    for (const f of fine) {
      if (inCampus(f.p) || geo.fromShore(f.p) < SHORE_ROAD) end();
      else run.push(f);
    }
    end();
  }
}
