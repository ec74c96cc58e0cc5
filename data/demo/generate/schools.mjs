/** Twelve made-up schools: campuses inside their block, and gates that are corners of the campus ring. */
import { area, centroid, distance, distanceToRing, inside, insetRing, mix, ringsMeet, settle, simplifyRing } from './plane.mjs';
import { stream } from './random.mjs';

/** `size`: a whole grid, half a grid, a parcel, or a rectangle across the border of two grids. */
const SCHOOLS = [
  { name: '巴蜀中学', kind: 'secondary', near: [640, -190], size: 'grid', gates: 3 },
  { name: '临江中学', kind: 'secondary', near: [-600, 230], size: 'across', gates: 2 },
  { name: '人和街小学', kind: 'primary', near: [-120, -300], size: 'half', gates: 2 },
  { name: '大溪沟小学', kind: 'primary', near: [-250, 140], size: 'half', gates: 2 },
  { name: '双钢路小学', kind: 'primary', near: [720, 170], size: 'half', gates: 2 },
  { name: '胜利路小学', kind: 'primary', near: [200, -330], size: 'half', gates: 1 },
  { name: '华福巷小学', kind: 'primary', near: [420, 250], size: 'half', gates: 2 },
  { name: '红球坝幼儿园', kind: 'kindergarten', near: [-480, -110], size: 'parcel', gates: 1 },
  { name: '人民村幼儿园', kind: 'kindergarten', near: [-430, 310], size: 'parcel', gates: 1 },
  { name: '建设路幼儿园', kind: 'kindergarten', near: [-30, 390], size: 'parcel', gates: 1 },
  { name: '渝江职业学校', kind: 'vocational', near: [-760, -250], size: 'half', gates: 2 },
  { name: '启明特殊教育学校', kind: 'special', near: [900, -120], size: 'parcel', gates: 1 },
];

function campusOf(spec, geo, rng) {
  const near = { x: spec.near[0], y: spec.near[1] };
  const grid = geo.gridAt(near);
  if (spec.size === 'across') {
    // Across the border of the grid and the neighbour of the same community that shares the longest border.
    const other = grid.neighbours
      .filter((g) => g.community === grid.community)
      .sort((a, b) => distance(a.centre, grid.centre) - distance(b.centre, grid.centre))[0];
    const c = mix(grid.centre, other.centre, 0.5);
    const angle = Math.atan2(other.centre.y - grid.centre.y, other.centre.x - grid.centre.x) + rng.range(-0.1, 0.1);
    const shape = [[-52, -34], [50, -36], [53, 20], [18, 22], [17, 38], [-50, 35]];
    return shape.map(([x, y]) => ({
      x: c.x + x * Math.cos(angle) - y * Math.sin(angle),
      y: c.y + x * Math.sin(angle) + y * Math.cos(angle),
    }));
  }
  if (spec.size === 'grid') {
    grid.parcels.forEach((p) => (p.used = true));
    return insetRing(grid.ring, 11);
  }
  // Half a grid: the best pair of parcels is approximated by the larger half of the grid's first cut.
  const candidates = [...grid.parcels].sort((a, b) => distance(centroid(a.ring), near) - distance(centroid(b.ring), near));
  if (spec.size === 'half') {
    const half = grid.halves.map((ring) => insetRing(ring, 8)).filter((ring) => ring);
    half.sort((a, b) => area(b) - area(a));
    if (half.length) return half[0];
  }
  for (const parcel of candidates) {
    const ring = insetRing(parcel.ring, 6);
    if (ring) return ring;
  }
  throw new Error(`no room for ${spec.name}`);
}

/** Makes the schools; `taken` collects the ground they use. */
export function makeSchools(geo, taken) {
  const schools = [];
  for (const [i, spec] of SCHOOLS.entries()) {
    const rng = stream(`school/${spec.name}`);
    const campus = simplifyRing(campusOf(spec, geo, rng));
    // Gates: on the longest sides, not at a corner; each becomes a corner of the ring, so it lies on it exactly.
    const sides = campus
      .map((p, k) => ({ k, length: distance(p, campus[(k + 1) % campus.length]) }))
      .sort((a, b) => b.length - a.length)
      .slice(0, spec.gates)
      .map((s) => ({ ...s, at: rng.range(0.35, 0.65) }));
    const ring = [];
    const gates = [];
    campus.forEach((p, k) => {
      ring.push(settle(p));
      const gate = sides.find((s) => s.k === k);
      if (!gate) return;
      const place = settle(mix(p, campus[(k + 1) % campus.length], gate.at));
      ring.push(place);
      gates.push(place);
    });
    const code = `S${String(i + 1).padStart(2, '0')}`;
    const names = gates.length === 1 ? ['校门'] : gates.length === 2 ? ['正门', '后门'] : ['正门', '东门', '后门'];
    const school = {
      code,
      name: spec.name,
      kind: spec.kind,
      ring,
      gates: gates.map((place, k) => ({ code: `${code}-G${k + 1}`, name: spec.name + names[k], school: code, place })),
    };
    if (schools.some((s) => ringsMeet(s.ring, ring))) throw new Error(`${spec.name} overlaps another school`);
    for (const grid of geo.grids) {
      for (const parcel of grid.parcels) if (ringsMeet(parcel.ring, ring)) parcel.used = true;
    }
    taken.push(ring);
    schools.push(school);
  }
  return schools;
}

/** The zone of inspection round a campus: its outline moved out by about 20 m, less where the street ends. */
export function zoneOf(school, geo) {
  for (const metres of [-20, -15, -10, -6]) {
    const ring = insetRing(school.ring, metres);
    if (ring && ring.every((p) => distanceToRing(p, school.ring) > 3 && inside(p, geo.street.ring))) return ring;
  }
  throw new Error(`no zone round ${school.name}`);
}
