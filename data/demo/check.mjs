/**
 * Checks the committed files of the demo street without a database: `node data/demo/check.mjs`.
 * Prints every violation and exits with 1 when there is any. Coordinates are compared as whole 1e-7 degrees, in which
 * products of differences stay below 2^53, so that tiling and covering are decided exactly.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { LAST_DAY, dayNumber } from './generate/calendar.mjs';
import { metresBetween, nearestOnSegment, toMetres } from './generate/plane.mjs';
import { network, walksFrom } from './generate/walk.mjs';

let violations = 0;
let checks = 0;
function expect(holds, message) {
  checks++;
  if (holds) return;
  violations++;
  if (violations <= 50) console.error(`violation: ${message}`);
}

const read = (name) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const features = (name) => {
  const collection = JSON.parse(read(name));
  expect(collection.type === 'FeatureCollection', `${name} is no FeatureCollection`);
  return collection.features.map((f) => ({ ...f.properties, geometry: f.geometry }));
};
const codesOf = (name) =>
  new Set(readFileSync(new URL(`../reference/${name}`, import.meta.url), 'utf8').trim().split('\n').slice(1).map((l) => l.split(',')[0]));

// --- Exact geometry on whole 1e-7 degrees ------------------------------------------------------------------------
const ORIGIN = [1065500000, 295650000];
const whole = ([lon, lat]) => [Math.round(lon * 1e7) - ORIGIN[0], Math.round(lat * 1e7) - ORIGIN[1]];
const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const twiceArea = (ring) => {
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) sum += side(ring[0], ring[i], ring[i + 1]);
  return sum;
};
const onSegment = (p, a, b) =>
  side(a, b, p) === 0 &&
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);
const sidesOf = (ring) => ring.map((p, i) => [p, ring[(i + 1) % ring.length]]);
const touch = ([a, b], [c, d]) => {
  const s = (x) => Math.sign(x);
  if (s(side(a, b, c)) * s(side(a, b, d)) < 0 && s(side(c, d, a)) * s(side(c, d, b)) < 0) return true;
  return onSegment(c, a, b) || onSegment(d, a, b) || onSegment(a, c, d) || onSegment(b, c, d);
};
/** 1 inside, 0 on the ring, −1 outside. */
function where(p, ring) {
  let odd = false;
  for (const [a, b] of sidesOf(ring)) {
    if (onSegment(p, a, b)) return 0;
    if (a[1] > p[1] !== b[1] > p[1] && side(a, b, p) > 0 === b[1] > a[1]) odd = !odd;
  }
  return odd ? 1 : -1;
}
/** The open ring of a polygon, after checking that it is closed, anticlockwise and simple. */
function ringOf(feature) {
  const { type, coordinates } = feature.geometry;
  expect(type === 'Polygon' && coordinates.length === 1, `${feature.code} is no plain polygon`);
  const closed = coordinates[0].map(whole);
  expect(String(closed[0]) === String(closed.at(-1)), `${feature.code} is not closed`);
  const ring = closed.slice(0, -1);
  expect(ring.length >= 3 && twiceArea(ring) > 0, `${feature.code} does not run anticlockwise`);
  expect(new Set(ring.map(String)).size === ring.length, `${feature.code} repeats a vertex`);
  const sides = sidesOf(ring);
  for (let i = 0; i < sides.length; i++) {
    for (let j = i + 2; j < sides.length; j++) {
      if (i === 0 && j === sides.length - 1) continue;
      expect(!touch(sides[i], sides[j]), `${feature.code} crosses or touches itself`);
    }
  }
  return ring;
}
/** Geodesic metres from a place in degrees to a ring in degrees (closed). */
function metresToRing(position, closed) {
  const p = toMetres(position);
  let best = Infinity;
  for (let i = 1; i < closed.length; i++) {
    const a = toMetres(closed[i - 1]);
    const b = toMetres(closed[i]);
    const q = nearestOnSegment(p, a, b);
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const t = length === 0 ? 0 : Math.hypot(q.x - a.x, q.y - a.y) / length;
    const nearest = [0, 1].map((k) => closed[i - 1][k] + t * (closed[i][k] - closed[i - 1][k]));
    best = Math.min(best, metresBetween(position, nearest));
  }
  return best;
}
const positions = (geometry) =>
  geometry.type === 'Point' ? [geometry.coordinates]
  : geometry.type === 'LineString' ? geometry.coordinates
  : geometry.coordinates.flat();

// --- Files -------------------------------------------------------------------------------------------------------
const [street] = features('street.geojson');
const communities = features('communities.geojson');
const grids = features('grids.geojson');
const points = features('points.geojson');
const schools = features('schools.geojson');
const gates = features('gates.geojson');
const venues = features('venues.geojson');
const base = features('base.geojson');
const ways = features('ways.geojson');
const truth = JSON.parse(read('truth.json'));
const [header, ...lines] = read('issues.csv').trimEnd().split('\n');
const columns = header.split(',');
expect(header === 'code,name,category,found_at,state,closed_at,description,point,lon,lat', 'issues.csv has other columns');
const issues = lines.map((line) => {
  const cells = line.split(',');
  expect(cells.length === columns.length && !line.includes('"'), `issue line ${line} has other columns`);
  return Object.fromEntries(columns.map((c, i) => [c, cells[i]]));
});

const byCode = (rows, name) => {
  const map = new Map(rows.map((r) => [r.code, r]));
  expect(map.size === rows.length, `${name}: codes repeat`);
  return map;
};
const pointByCode = byCode(points, 'points');
const schoolByCode = byCode(schools, 'schools');
const venueByCode = byCode(venues, 'venues');
const issueByCode = byCode(issues, 'issues');
const gridByCode = byCode(grids, 'grids');
byCode(gates, 'gates');
byCode(communities, 'communities');
byCode(base, 'base');
byCode(ways, 'ways');

for (const f of [street, ...communities, ...grids, ...points, ...schools, ...gates, ...venues, ...base, ...ways]) {
  expect(typeof f.code === 'string' && f.code !== '', 'a feature has no code');
  if (!base.includes(f) && !ways.includes(f)) expect(typeof f.name === 'string' && f.name.trim() !== '', `${f.code} has no name`);
  for (const [lon, lat] of positions(f.geometry)) {
    expect(Math.abs(lon - 106.55) < 0.03 && Math.abs(lat - 29.565) < 0.03, `${f.code} lies elsewhere`);
    for (const v of [lon, lat]) expect(Math.abs(v * 1e7 - Math.round(v * 1e7)) < 1e-5, `${f.code} has more than seven decimals`);
  }
}
expect(communities.length === 9, `${communities.length} communities`);
expect(grids.length >= 85 && grids.length <= 95, `${grids.length} grids`);
expect(points.length === 666, `${points.length} points`);
expect(schools.length === 12, `${schools.length} schools`);
expect(venues.length >= 240 && venues.length <= 260, `${venues.length} venues`);
expect(issues.length >= 5700 && issues.length <= 6300, `${issues.length} issues`);
expect(new Set(points.map((p) => p.name)).size === 666, 'names of points repeat');

// --- Tiling ------------------------------------------------------------------------------------------------------
expect(street.code === '500103011', 'another street');
street.ring = ringOf(street);
for (const c of communities) {
  expect(/^\d{12}$/.test(c.code) && c.code.startsWith(street.code) && c.street === street.code, `${c.code} is not of the street`);
  c.ring = ringOf(c);
}
for (const g of grids) {
  expect(/^\d{15}$/.test(g.code) && g.code.startsWith(g.community), `${g.code} is not of its community`);
  expect(communities.some((c) => c.code === g.community), `${g.code} has no community`);
  g.ring = ringOf(g);
}
for (const c of communities) {
  const numbers = grids.filter((g) => g.community === c.code).map((g) => Number(g.code.slice(12)));
  expect(numbers.every((n, i) => n === i + 1), `${c.code}: grids are not numbered 1, 2, 3 …`);
}
/** Children tile a parent exactly: every side has its opposite in one neighbour or is a side of the parent; areas add up. */
function expectTiling(parent, children) {
  const sides = new Set();
  for (const child of children) {
    for (const [a, b] of sidesOf(child.ring)) {
      expect(!sides.has(`${a}>${b}`), `${child.code} shares a side in the same direction`);
      sides.add(`${a}>${b}`);
    }
  }
  const outer = new Set(sidesOf(parent.ring).map(([a, b]) => `${a}>${b}`));
  for (const s of sides) {
    const [a, b] = s.split('>');
    expect(sides.has(`${b}>${a}`) !== outer.has(s), `a side of a part of ${parent.code} has no opposite: ${s}`);
  }
  for (const s of outer) expect(sides.has(s), `the outline of ${parent.code} has a side of no part`);
  const sum = children.reduce((total, c) => total + twiceArea(c.ring), 0);
  expect(sum === twiceArea(parent.ring), `the parts of ${parent.code} differ from it in area`);
}
expectTiling(street, grids);
for (const c of communities) expectTiling(c, grids.filter((g) => g.community === c.code));

// --- Points, schools, venues -----------------------------------------------------------------------------------------
const types = codesOf('point_types.csv');
const border = new Map(truth.onBorder.map((b) => [b.point, b]));
const covering = (position) => {
  const p = whole(position);
  return grids.filter((g) => where(p, g.ring) >= 0);
};
for (const p of points) {
  expect(types.has(p.type), `${p.code}: unknown type ${p.type}`);
  if (p.geometry.type === 'Polygon') ringOf(p);
  for (const q of positions(p.geometry)) expect(where(whole(q), street.ring) >= 0, `${p.code} leaves the street`);
  if (p.geometry.type === 'Point') {
    const cover = covering(p.geometry.coordinates).map((g) => g.code);
    const listed = border.get(p.code);
    expect(listed ? cover.join() === listed.grids.join() && listed.owner === cover[0] : cover.length === 1, `${p.code} lies in ${cover.length} grids`);
  }
}
for (const type of types) expect(points.some((p) => p.type === type), `no point of type ${type}`);
for (const name of ['人民大礼堂广场周边', '大溪沟农贸市场入口', '星都花园', '市电力公司门前', '巴蜀中学门前', '黄花园轻轨站1号出口', '人民路', '人和街']) {
  expect(points.some((p) => p.name === name), `no point named ${name}`);
}
const kinds = new Set(['kindergarten', 'primary', 'secondary', 'vocational', 'special']);
for (const s of schools) {
  expect(kinds.has(s.kind), `${s.code}: unknown kind`);
  s.ring = ringOf(s);
  const own = gates.filter((g) => g.school === s.code);
  expect(own.length >= 1 && own.length <= 3, `${s.code} has ${own.length} gates`);
  for (const g of own) {
    expect(s.ring.some((v) => String(v) === String(whole(g.geometry.coordinates))), `${g.code} is not on the campus outline`);
  }
  for (const v of s.ring) expect(where(v, street.ring) === 1, `${s.code} leaves the street`);
}
for (const g of gates) expect(schoolByCode.has(g.school), `${g.code} has no school`);
const venueCategories = codesOf('venue_categories.csv');
for (const v of venues) {
  expect(venueCategories.has(v.category), `${v.code}: unknown category`);
  expect(covering(v.geometry.coordinates).length === 1, `${v.code} is not in one grid`);
  expect(/^\d{4}-\d\d-\d\d$/.test(v.licensed_from), `${v.code}: licensed_from`);
  expect(v.licensed_until === null || v.licensed_until > v.licensed_from, `${v.code}: licensed_until`);
}
for (const category of venueCategories) expect(venues.some((v) => v.category === category), `no venue of ${category}`);
for (const t of truth.venues) {
  const { coordinates } = venueByCode.get(t.venue).geometry;
  const distances = schools.map((s) => (where(whole(coordinates), s.ring) >= 0 ? 0 : metresToRing(coordinates, s.geometry.coordinates[0])));
  expect(Math.abs(Math.min(...distances) - t.campusMetres) < 0.02, `${t.venue}: distance from the campus`);
  const toGate = Math.min(...gates.map((g) => metresBetween(coordinates, g.geometry.coordinates)));
  expect(Math.abs(toGate - t.gateMetres) < 0.02, `${t.venue}: distance from the gate`);
  if (!t.planted) continue;
  const [low, high] = t.planted.match(/\d+/g).map(Number);
  expect(t.campusMetres >= low && t.campusMetres <= high, `${t.venue} is not in its band`);
}
expect(truth.venues.length === venues.length, 'truth.json misses venues');

// --- Ways --------------------------------------------------------------------------------------------------------
for (const w of ways) {
  expect(w.geometry.type === 'LineString' && w.geometry.coordinates.length > 1, `${w.code} is no line`);
  expect(Number.isInteger(w.layer) && w.bridge === w.layer > 0 && w.tunnel === false, `${w.code}: layer`);
}
// Ways of one layer meet in common vertices: none crosses another, runs over it, or ends beside it.
const sideways = ways
  .filter((w) => w.layer === 0)
  .flatMap((w) =>
    w.geometry.coordinates.slice(1).map((to, i) => {
      const from = w.geometry.coordinates[i];
      return { code: w.code, a: whole(from), b: whole(to), from: toMetres(from), to: toMetres(to) };
    }),
  );
const runs = new Set(sideways.map((s) => [s.a, s.b].map(String).sort().join()));
expect(runs.size === sideways.length, 'ways run over each other');
const apart = (s, t, k) => Math.max(s.a[k], s.b[k]) < Math.min(t.a[k], t.b[k]) || Math.max(t.a[k], t.b[k]) < Math.min(s.a[k], s.b[k]);
const verticesOf = new Map(ways.map((w) => [w.code, new Set(w.geometry.coordinates.map((c) => String(whole(c))))]));
for (let i = 0; i < sideways.length; i++) {
  for (let j = i + 1; j < sideways.length; j++) {
    const [s, t] = [sideways[i], sideways[j]];
    if (apart(s, t, 0) || apart(s, t, 1)) continue;
    const shared = [s.a, s.b].some((p) => String(p) === String(t.a) || String(p) === String(t.b));
    if (!shared) expect(!touch([s.a, s.b], [t.a, t.b]), `${s.code} crosses ${t.code}`);
  }
}
for (const w of ways.filter((way) => way.layer === 0)) {
  for (const end of [w.geometry.coordinates[0], w.geometry.coordinates.at(-1)]) {
    const [p, key] = [toMetres(end), String(whole(end))];
    for (const s of sideways) {
      if (s.code === w.code || Math.abs(s.from.x - p.x) > 200 || Math.abs(s.from.y - p.y) > 200) continue;
      const q = nearestOnSegment(p, s.from, s.to);
      expect(verticesOf.get(s.code).has(key) || Math.hypot(p.x - q.x, p.y - q.y) > 0.5, `${w.code} ends beside ${s.code}`);
    }
  }
}
const net = network(ways.map((w) => ({ geometry: w.geometry, properties: w })));
for (const s of schools) {
  const own = gates.filter((g) => g.school === s.code).map((g) => ({ code: g.code, position: g.geometry.coordinates }));
  const walk = walksFrom(net, own);
  for (const t of truth.venues.filter((v) => v.campus === s.code)) {
    const found = walk(venueByCode.get(t.venue).geometry.coordinates);
    expect(found !== null && Math.abs(found.metres - t.walkingMetres) < 0.02 && found.gate === t.walkingGate, `${t.venue}: walking distance`);
    // Not nearer on foot than from the nearest gate of any school in a straight line.
    expect(t.walkingMetres === null || t.walkingMetres >= t.gateMetres - 0.02, `${t.venue} is nearer on foot`);
  }
}

// --- Issues -----------------------------------------------------------------------------------------------------
const categories = codesOf('issue_categories.csv');
const stateRows = readFileSync(new URL('../reference/issue_states.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((l) => l.split(','));
const open = new Map(stateRows.map(([code, , , isOpen]) => [code, isOpen === 'true']));
const outside = new Map(truth.outside.map((o) => [o.issue, o]));
const end = `${read('anchor.txt').trim()}T00:10`;
expect(dayNumber(read('anchor.txt').trim()) === LAST_DAY, 'anchor.txt differs from the calendar');
let last = '';
for (const i of issues) {
  expect(categories.has(i.category), `${i.code}: unknown category`);
  expect(open.has(i.state) && open.get(i.state) === (i.closed_at === ''), `${i.code}: state and closed_at disagree`);
  for (const t of [i.found_at, i.closed_at].filter(Boolean)) {
    expect(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+08:00$/.test(t) && t < end && t >= truth.from, `${i.code}: time ${t}`);
  }
  expect(!i.closed_at || i.closed_at > i.found_at, `${i.code} closed before it was found`);
  expect(i.found_at >= last, `${i.code} is out of order`);
  last = i.found_at;
  const position = [Number(i.lon), Number(i.lat)];
  const cover = covering(position);
  i.grid = cover[0]?.code;
  const planted = outside.get(i.code);
  if (planted) {
    const metres = metresToRing(position, street.geometry.coordinates[0]);
    expect(cover.length === 0 && Math.abs(metres - planted.metres) < 0.6, `${i.code} is not ${planted.metres} m outside`);
    expect(planted.placement === (metres <= 20 ? 'snapped' : 'orphan'), `${i.code}: placement`);
  } else {
    expect(cover.length === 1, `${i.code} lies in ${cover.length} grids`);
  }
  if (!i.point) continue;
  const point = pointByCode.get(i.point);
  expect(point !== undefined, `${i.code}: no point ${i.point}`);
  const box = positions(point.geometry);
  const near = [0, 1].every((k) => position[k] >= Math.min(...box.map((q) => q[k])) - 3e-4 && position[k] <= Math.max(...box.map((q) => q[k])) + 3e-4);
  expect(near, `${i.code} is far from ${i.point}`);
}
for (const category of categories) expect(issues.some((i) => i.category === category), `no issue of ${category}`);
expect(issues.filter((i) => i.point).length > 0.7 * issues.length, 'too few issues at points');

// --- Planted truth ------------------------------------------------------------------------------------------------
const found = (category, codes, from, to) =>
  issues.filter((i) => i.category === category && codes.includes(i.grid) && i.found_at.slice(0, 10) >= from && i.found_at.slice(0, 10) <= to && !outside.has(i.code)).length;
for (const h of truth.hot) {
  expect(pointByCode.has(h.point), `${h.id}: no point`);
  h.grids.forEach((g, k) => {
    expect(gridByCode.has(g), `${h.id}: no grid ${g}`);
    const n = found(h.category, [g], h.from, h.to);
    expect(n === h.observedPerGrid[k], `${h.id}: ${n} issues in ${g}`);
    expect(n >= 3 * h.backgroundPerGrid, `${h.id}: ${g} is not hot`);
  });
}
for (const c of truth.campaigns) {
  const of = (list) => grids.filter((g) => list.includes(g.community)).map((g) => g.code);
  const { from, to } = c.phases[0];
  expect(found(c.category, of(c.communities), from, to) === c.observed.treatedDuring, `${c.id}: treated, during`);
  expect(found(c.category, of(c.communities), c.before.from, c.before.to) === c.observed.treatedBefore, `${c.id}: treated, before`);
  expect(found(c.category, of(c.control), from, to) === c.observed.controlDuring, `${c.id}: control, during`);
  expect(found(c.category, of(c.control), c.before.from, c.before.to) === c.observed.controlBefore, `${c.id}: control, before`);
}
for (const r of truth.recurring) {
  const chain = r.issues.map((code) => issueByCode.get(code));
  expect(chain.length >= 4 && chain.every((i) => i.point === r.point && i.category === r.category), `${r.id}: other issues`);
  for (let k = 1; k < chain.length; k++) {
    const days = dayNumber(chain[k].found_at.slice(0, 10)) - dayNumber(chain[k - 1].closed_at.slice(0, 10));
    expect(days >= r.daysAfterClosing[0] && days <= r.daysAfterClosing[1], `${r.id}: back after ${days} days`);
  }
}
for (const g of truth.calmGrids) {
  expect(gridByCode.has(g) && !truth.hot.some((h) => h.grids.includes(g)), `${g} is not calm`);
}
expect(truth.calmGrids.length >= 4, 'too few calm grids');
expect(outside.size >= 6 && outside.size <= 10, `${outside.size} issues outside`);

// --- Texts, sizes, sums ----------------------------------------------------------------------------------------------
const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((f) => !f.endsWith('.mjs') && f !== 'generate');
expect(files.reduce((sum, f) => sum + statSync(new URL(f, folder)).size, 0) < 3e6, 'the files are larger than 3 MB');
for (const name of ['points.geojson', 'venues.geojson', 'schools.geojson', 'issues.csv']) {
  const text = name === 'issues.csv' ? issues.map((i) => i.name + i.description).join('\n') : JSON.stringify(features(name).map((f) => f.name));
  expect(!/\d{7,}/.test(text), `${name} has something like a phone number`);
}
const sums = [...read('README.md').matchAll(/\| `([^`]+)` \| `([0-9a-f]{64})` \|/g)];
expect(sums.length === 12, `README.md lists ${sums.length} sums`);
for (const [, name, sum] of sums) {
  expect(createHash('sha256').update(read(name)).digest('hex') === sum, `${name} differs from its sum in README.md`);
}

console.log(`${checks} checks, ${violations} violations`);
process.exit(violations ? 1 : 0);
