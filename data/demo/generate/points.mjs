/** The 666 evaluation points: places the document names, and made-up ones of every type. */
import {
  along, area, centroid, chainLength, distance, distanceToChain, distanceToRing, inside, insetRing, mix,
  offsetChain, part, ringsMeet, settle,
} from './plane.mjs';
import { STATIONS } from './layout.mjs';
import { stream } from './random.mjs';
import { zoneOf } from './schools.mjs';

export const POINT_TOTAL = 666;

/** How many of each type there are in the end; what is not listed here comes out of the plan (roads, schools). */
const QUOTA = {
  market: 6, uncivil_hotspot: 30, construction_site: 14, plaza: 12, public_toilet: 24, service_hall: 6,
  park: 12, bus_stop: 46, hospital: 10, bank_hall: 28, underpass: 9, back_alley: 128, shop_street: 96,
};

const ALLEY_HEADS = [
  '青石', '黄葛', '清泉', '望江', '朝阳', '永安', '长乐', '双桂', '竹林', '石板', '槐荫', '梧桐', '枣子', '桂花', '腊梅',
  '水井', '磨盘', '灯笼', '油坊', '瓦窑', '铁铺', '布衣', '书院', '文华', '古榕', '半坡', '高台', '月台', '晒坝', '船帮',
  '盐店', '米亭', '茶亭', '药王', '纸行', '伞铺', '花溪', '松林', '翠屏', '和睦',
];
const ALLEY_TAILS = ['巷', '坡', '梯坎', '里'];

export function makePoints(geo, schools, taken) {
  const points = [];
  const put = (type, name, geometry) => {
    const point = { type, name, ...geometry };
    points.push(point);
    return point;
  };
  const count = (type) => points.filter((p) => p.type === type).length;
  const places = [];
  const free = (p, gap) => places.every((q) => distance(p, q) >= gap);
  const putPlace = (type, name, p) => {
    const place = settle(p);
    places.push(place);
    return put(type, name, { kind: 'Point', places: [place] });
  };
  const putArea = (type, name, ring) => {
    const settled = ring.map(settle);
    taken.push(settled);
    return put(type, name, { kind: 'Polygon', places: settled });
  };
  const putLine = (type, name, chain) => put(type, name, { kind: 'LineString', places: chain.map(settle) });
  const short = (grid) => geo.communities.find((c) => c.code === grid.community).short;

  /** A parcel of the grid as a drawn-in area, away from the shore road. */
  const takeParcel = (grid, inset, minArea, shoreGap) => {
    const rings = grid.parcels
      .filter((p) => !p.used)
      .map((parcel) => ({ parcel, ring: insetRing(parcel.ring, inset) }))
      .filter(({ ring }) => ring && area(ring) >= minArea && ring.every((p) => geo.fromShore(p) > shoreGap))
      .filter(({ ring }) => !taken.some((t) => ringsMeet(t, ring)))
      .sort((a, b) => area(b.ring) - area(a.ring));
    if (!rings.length) return null;
    rings[0].parcel.used = true;
    return rings[0].ring;
  };
  const at = (x, y) => geo.gridAt({ x, y });
  const nearestParcel = (x, y, inset, minArea, shoreGap = 70) => {
    for (const grid of [at(x, y), ...at(x, y).neighbours]) {
      const ring = takeParcel(grid, inset, minArea, shoreGap);
      if (ring) return ring;
    }
    throw new Error(`no parcel near ${x} ${y}`);
  };

  // --- Places the document names -------------------------------------------------------------------------------
  const hall = nearestParcel(-640, -190, 4, 2500);
  putArea('plaza', '人民大礼堂广场', hall);
  const c = centroid(hall);
  const around = Array.from({ length: 14 }, (_, i) => {
    const turn = (2 * Math.PI * i) / 14;
    const radius = 88 + 9 * Math.sin(3 * turn + 1);
    return { x: c.x + radius * Math.cos(turn), y: c.y + radius * 0.8 * Math.sin(turn) };
  });
  put('uncivil_hotspot', '人民大礼堂广场周边', { kind: 'Polygon', places: around.map(settle) });
  putPlace('uncivil_hotspot', '人民大礼堂地下通道', { x: c.x + 64, y: c.y + 40 });

  const market = nearestParcel(-110, 40, 4, 2200);
  putArea('market', '大溪沟农贸市场', market);
  const peopleStreet = geo.mainRoads.find((r) => r.from === 'J4' && r.to === 'OS2').line;
  const entrance = market.reduce((a, b) => (distance(a, peopleStreet[0]) < distance(b, peopleStreet[0]) ? a : b));
  putPlace('uncivil_hotspot', '大溪沟农贸市场入口', mix(entrance, centroid(market), 0.06));
  putPlace('uncivil_hotspot', '人和街往大溪沟农贸市场入口旁', { x: entrance.x - 26, y: entrance.y + 11 });

  const garden = nearestParcel(330, 130, 5, 1800);
  putArea('old_compound', '星都花园', garden);
  const front = centroid(garden);
  putPlace('uncivil_hotspot', '星都花园门前', mix(garden[0], front, 0.06));
  const power = at(30, 380);
  putPlace('uncivil_hotspot', '市电力公司门前', mix(power.centre, power.ring[1], 0.35));
  const gate = schools[0].gates[0].place;
  const campusCentre = centroid(schools[0].ring);
  putPlace('uncivil_hotspot', '巴蜀中学门前', mix(gate, campusCentre, -7 / distance(gate, campusCentre)));

  // Whole roads as centre lines: they lie on the borders of grids and communities exactly.
  const named = (name) => geo.mainRoads.filter((r) => r.road === name && !r.outer);
  for (const name of ['人民路', '人和街']) {
    const chain = named(name).flatMap((r, i) => (i ? r.line.slice(1) : r.line));
    put('main_road', name, { kind: 'LineString', places: chain });
  }

  // --- Roads ---------------------------------------------------------------------------------------------------
  for (const road of geo.mainRoads) {
    const length = chainLength(road.line);
    const pieces = Math.max(1, Math.round(length / 260));
    for (const left of road.outer ? [1] : [1, -1]) {
      const sideLine = offsetChain(road.line, left * 7);
      const total = chainLength(sideLine);
      for (let i = 0; i < pieces; i++) {
        const section = part(sideLine, Math.max(14, (i / pieces) * total), Math.min(total - 14, ((i + 1) / pieces) * total));
        if (section.some((p) => !geo.gridAt(p))) continue;
        const a = section[0];
        const b = section[section.length - 1];
        const eastWest = Math.abs(b.x - a.x) > Math.abs(b.y - a.y);
        const north = eastWest ? (b.x > a.x ? left > 0 : left < 0) : false;
        const west = !eastWest ? (b.y > a.y ? left > 0 : left < 0) : false;
        const sideName = eastWest ? (north ? '北侧' : '南侧') : west ? '西侧' : '东侧';
        const number = points.filter((p) => p.type === 'main_road' && p.name.startsWith(`${road.road}${sideName}`)).length + 1;
        putLine('main_road', `${road.road}${sideName}第${number}段`, section);
      }
    }
  }

  // --- Schools, stations, communities -----------------------------------------------------------------------------
  for (const school of schools) {
    put('school_perimeter', `${school.name}校园周边`, { kind: 'Polygon', places: zoneOf(school, geo).map(settle) });
  }
  const rngStation = stream('stations');
  for (const station of STATIONS) {
    const middle = along(geo.stationLine, chainLength(geo.stationLine) * station.at);
    for (let i = 0; i < station.exits; i++) {
      const sign = i % 2 ? 1 : -1;
      const step = (i < 2 ? -1 : 1) * rngStation.range(18, 34);
      const away = sign > 0 ? 16 : -rngStation.range(22, 30);
      putPlace('metro_exit', `${station.name}轻轨站${i + 1}号出口`, {
        x: middle.x + middle.dx * step - middle.dy * away,
        y: middle.y + middle.dy * step + middle.dx * away,
      });
    }
  }
  // The station inside a grid: interior places keep away from borders, taken ground and other points.
  const rngPlace = stream('places');
  const usable = (p, gap) =>
    geo.fromShore(p) > 12 && free(p, gap) && !taken.some((t) => inside(p, t) || distanceToRing(p, t) < 2);
  const interior = (grid, rng, gap = 11) => {
    const xs = grid.ring.map((p) => p.x);
    const ys = grid.ring.map((p) => p.y);
    for (let i = 0; i < 400; i++) {
      const p = { x: rng.range(Math.min(...xs), Math.max(...xs)), y: rng.range(Math.min(...ys), Math.max(...ys)) };
      if (inside(p, grid.ring) && distanceToRing(p, grid.ring) > 9 && usable(p, gap)) return p;
    }
    return null;
  };
  const roadside = (grid, rng, gap = 11) => {
    const chain = [...grid.ring, grid.ring[0]];
    const length = chainLength(chain);
    for (let i = 0; i < 400; i++) {
      const s = along(chain, rng.range(0, length));
      const off = rng.range(5, 10);
      const p = { x: s.x - s.dy * off, y: s.y + s.dx * off };
      if (inside(p, grid.ring) && distanceToRing(p, grid.ring) > 3.5 && geo.fromShore(p) > 20 && usable(p, gap)) return p;
    }
    return null;
  };
  for (const community of geo.communities) {
    const middle = centroid(community.ring);
    const grids = [...community.grids].sort((a, b) => distance(a.centre, middle) - distance(b.centre, middle));
    putPlace('community_station', `${community.name}便民服务站`, roadside(grids[0], rngPlace));
  }

  // --- Areas ---------------------------------------------------------------------------------------------------
  const rngArea = stream('areas');
  const spread = (type) => stream(`spread/${type}`).shuffle(geo.grids);
  const fillAreas = (type, total, label, inset, minArea, shoreGap = 70, order = spread(type)) => {
    for (const grid of order) {
      if (count(type) >= total) break;
      const ring = takeParcel(grid, inset, minArea, shoreGap);
      if (!ring) continue;
      const n = points.filter((p) => p.type === type && p.name.startsWith(short(grid) + label)).length + 1;
      putArea(type, `${short(grid)}${label}${n}号`, ring);
    }
  };
  const riverside = [...geo.grids].filter((g) => geo.fromShore(g.centre) < 110).sort((a, b) => a.centre.x - b.centre.x);
  const parkGrids = [1, 4, 7, 9, 12].map((i) => riverside[i % riverside.length]);
  ['人民村滨江公园', '临江门户公园', '大溪沟滨江公园', '华福巷滨江公园', '黄花园滨江公园'].forEach((name, i) => {
    for (const grid of [parkGrids[i], ...parkGrids[i].neighbours]) {
      const ring = takeParcel(grid, 4, 1600, 64);
      if (ring) {
        putArea('park', name, ring);
        return;
      }
    }
    throw new Error(`no room for ${name}`);
  });
  fillAreas('park', QUOTA.park, '口袋公园', 6, 900);
  fillAreas('market', QUOTA.market, '便民市场', 5, 1200);
  fillAreas('plaza', QUOTA.plaza, '休闲广场', 6, 1000);
  fillAreas('construction_site', QUOTA.construction_site, '在建工地', 6, 1200);
  fillAreas('old_compound', 58, '老旧小区', 6, 1100);

  // --- Alleys --------------------------------------------------------------------------------------------------
  const names = stream('alley names').shuffle(ALLEY_TAILS.flatMap((t) => ALLEY_HEADS.map((h) => h + t)));
  const alleyName = () => names.pop();
  const clear = (chain) => {
    const inner = chain.slice(1, -1).concat([along(chain, chainLength(chain) / 2)]);
    return !schools.some((s) => inner.some((p) => inside(p, s.ring)));
  };
  geo.crossAlleys = [];
  // Alleys that run on through the next grid, some through two more: end of one alley to the far end of the next.
  for (const grid of stream('long alleys').shuffle(geo.grids)) {
    if (geo.crossAlleys.length >= 26) break;
    const chain = grid.alleys[0]?.chain;
    if (!chain || grid.longAlley || !clear(chain)) continue;
    const end = chain[chain.length - 1];
    const next = grid.neighbours.find((g) => !g.longAlley && distanceToRing(end, g.ring) < 0.5 && g.alleys.length);
    if (!next) continue;
    const other = next.alleys[0].chain;
    const tail = distance(end, other[0]) < distance(end, other[other.length - 1]) ? other.slice(1) : [...other].reverse().slice(1);
    const middle = mix(end, tail[0], 0.5);
    if (!inside(middle, next.ring) || !clear([end, middle, ...tail])) continue;
    const whole = [...chain.map((p, i) => (i ? p : mix(p, chain[1], 0.1))), middle, ...tail.slice(0, -1), mix(tail[tail.length - 2] ?? middle, tail[tail.length - 1], 0.9)];
    if (whole.some((p) => !geo.gridAt(p) && distanceToRing(p, geo.street.ring) > 0.01)) continue;
    grid.longAlley = next.longAlley = true;
    geo.crossAlleys.push(whole);
    putLine('back_alley', alleyName(), whole);
  }
  const rngAlley = stream('alleys');
  for (const depth of [0, 1, 2]) {
    for (const grid of spread(`alley${depth}`)) {
      for (const alley of grid.alleys.filter((a) => a.depth === depth)) {
        if (count('back_alley') >= QUOTA.back_alley) break;
        const length = chainLength(alley.chain);
        if ((depth === 0 && grid.longAlley) || length < 45 || !clear(alley.chain)) continue;
        if (depth > 0 && rngAlley.next() < 0.35) continue;
        const line = part(alley.chain, 3, length - 3);
        if (line.some((p) => geo.gridAt(p) !== grid || geo.fromShore(p) < 60)) continue;
        alley.name = alleyName();
        putLine('back_alley', alley.name, line);
      }
    }
  }

  // --- Along the roads ------------------------------------------------------------------------------------------
  for (const grid of spread('shop lines')) {
    if (count('shop_street') >= 36) break;
    const length = chainLength([...grid.ring, grid.ring[0]]);
    const from = rngArea.range(0, length - 120);
    const line = offsetChain(part([...grid.ring, grid.ring[0]], from, from + rngArea.range(55, 110)), 9);
    if (line.some((p) => geo.gridAt(p) !== grid || geo.fromShore(p) < 60)) continue;
    if (line.some((p) => schools.some((s) => inside(p, s.ring)))) continue;
    const n = points.filter((p) => p.type === 'shop_street' && p.name.startsWith(short(grid))).length + 1;
    putLine('shop_street', `${short(grid)}沿街商铺第${n}段`, line);
  }
  const rngRoad = stream('roadside');
  const inner = geo.mainRoads;
  const stops = new Map();
  for (let i = 0; count('bus_stop') < QUOTA.bus_stop && i < 4000; i++) {
    const road = inner[i % inner.length];
    const length = chainLength(road.line);
    const s = along(road.line, rngRoad.range(20, length - 20));
    const off = (road.outer ? 1 : rngRoad.pick([-1, 1])) * rngRoad.range(8, 11);
    const p = { x: s.x - s.dy * off, y: s.y + s.dx * off };
    const grid = geo.gridAt(p);
    if (!grid || distanceToRing(p, grid.ring) < 3 || !usable(p, 24) || distanceToChain(p, road.line, false) < 6) continue;
    const n = (stops.get(road.road) ?? 0) + 1;
    stops.set(road.road, n);
    putPlace('bus_stop', `${road.road}公交站${n}号`, p);
  }
  const fillPlaces = (type, total, label, where) => {
    const order = spread(type);
    for (let i = 0; count(type) < total; i++) {
      if (i > 5000) throw new Error(`no room for ${type}`);
      const grid = order[i % order.length];
      const p = where(grid, rngRoad);
      if (!p) continue;
      const n = points.filter((q) => q.type === type && q.name.startsWith(short(grid) + label)).length + 1;
      putPlace(type, `${short(grid)}${label}${n}号`, p);
    }
  };
  fillPlaces('service_hall', QUOTA.service_hall, '办事大厅', roadside);
  fillPlaces('hospital', QUOTA.hospital, '卫生服务点', roadside);
  fillPlaces('bank_hall', QUOTA.bank_hall, '银行营业厅', roadside);
  fillPlaces('public_toilet', QUOTA.public_toilet, '公厕', roadside);
  fillPlaces('underpass', QUOTA.underpass, '人行地下通道', roadside);
  fillPlaces('uncivil_hotspot', QUOTA.uncivil_hotspot, '劝导点', roadside);
  fillPlaces('shop_street', QUOTA.shop_street, '临街商铺', roadside);

  // --- Exactly on borders ----------------------------------------------------------------------------------------
  // Corners where three or more grids meet: the place belongs to all of them, and must get one owner.
  const corners = new Map();
  for (const grid of geo.grids) {
    for (const v of grid.face.ring) corners.set(v, [...(corners.get(v) ?? []), grid]);
  }
  const meeting = [...corners.entries()].filter(([, grids]) => grids.length >= 3);
  const pairs = [...corners.entries()].filter(([, grids]) => grids.length === 2);
  const rngCorner = stream('corners');
  const chosen = [...rngCorner.shuffle(meeting).slice(0, 4), ...rngCorner.shuffle(pairs).slice(0, 4)];
  chosen.forEach(([v, grids], i) => {
    const point = putPlace('old_compound', `路口居民楼${i + 1}号`, geo.mesh.vertices[v]);
    point.onBorder = grids.map((g) => g.code).sort();
  });

  // --- The rest are compounds --------------------------------------------------------------------------------------
  const order = spread('compounds');
  for (let i = 0; points.length < POINT_TOTAL; i++) {
    if (i > 5000) throw new Error('no room for compounds');
    const grid = order[i % order.length];
    const p = interior(grid, rngPlace);
    if (!p) continue;
    const n = points.filter((q) => q.type === 'old_compound' && q.name.startsWith(`${short(grid)}居民楼院`)).length + 1;
    putPlace('old_compound', `${short(grid)}居民楼院${n}号`, p);
  }
  if (points.length !== POINT_TOTAL) throw new Error(`${points.length} points`);

  const order2 = ['market', 'back_alley', 'school_perimeter', 'uncivil_hotspot', 'main_road', 'old_compound',
    'construction_site', 'metro_exit', 'plaza', 'public_toilet', 'service_hall', 'community_station', 'park', 'bus_stop',
    'hospital', 'bank_hall', 'shop_street', 'underpass'];
  points.sort((a, b) => order2.indexOf(a.type) - order2.indexOf(b.type));
  points.forEach((p, i) => (p.code = `P${String(i + 1).padStart(3, '0')}`));
  const byName = new Map(points.map((p) => [p.name, p]));
  if (byName.size !== points.length) {
    const seen = new Set();
    throw new Error(`names repeat: ${points.filter((p) => seen.has(p.name) || !seen.add(p.name)).map((p) => p.name)}`);
  }
  for (const p of points) Object.assign(p, touch(p, geo));
  return { points, byName, roadside, interior };
}

/** Samples of the point's shape by grid code, about every eight metres, at least two metres inside the grid. */
function touch(point, geo) {
  const samples = new Map();
  const keep = (p) => {
    const grid = geo.gridAt(p);
    if (!grid || distanceToRing(p, grid.ring) < 2) return;
    samples.set(grid.code, [...(samples.get(grid.code) ?? []), p]);
  };
  if (point.kind === 'Point') {
    if (!point.onBorder) keep(point.places[0]);
  } else if (point.kind === 'LineString') {
    const length = chainLength(point.places);
    for (let s = 0; s <= length; s += 8) keep(along(point.places, s));
  } else {
    const xs = point.places.map((p) => p.x);
    const ys = point.places.map((p) => p.y);
    for (let x = Math.min(...xs); x <= Math.max(...xs); x += 8) {
      for (let y = Math.min(...ys); y <= Math.max(...ys); y += 8) if (inside({ x, y }, point.places)) keep({ x, y });
    }
  }
  return { samples };
}
