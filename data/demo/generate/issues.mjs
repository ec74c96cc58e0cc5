/** Twelve months of issues: a background that is the same in every grid, and the planted truth on top. */
import { DAYS, END_MINUTE, FIRST_DAY, LAST_DAY, dayNumber, month, weekday } from './calendar.mjs';
import { PROFILES, SENTENCES } from './categories.mjs';
import { along, centroid, chainLength, distanceToRing, inside, settle } from './plane.mjs';
import { CALM_GRIDS, CALM_PER_COMMUNITY, CAMPAIGNS, HOT, OUTSIDERS, RECURRING } from './plants.mjs';
import { stream } from './random.mjs';

const inPeriod = (day, from, to) => day >= dayNumber(from) && day <= dayNumber(to);

/** Weight of a day for a category; the last day has no ordinary issues, so that nothing lies in the future when loaded. */
function dayWeight(profile, day, only) {
  if (day >= LAST_DAY) return 0;
  if (only?.weekdays && !only.weekdays.includes(weekday(day))) return 0;
  if (only?.notMonths?.includes(month(day))) return 0;
  return profile.season[month(day)] * profile.week[weekday(day)];
}

const dayWeights = (profile, only) => Array.from({ length: DAYS }, (_, i) => dayWeight(profile, FIRST_DAY + i, only));

function pickMinute(day, hours, rng) {
  const [from, to] = hours[rng.weighted(hours.map(([a, b, w]) => (b - a) * w))];
  return day * 1440 + Math.floor(rng.range(from * 60, to * 60));
}

/** Where hot places, calm grids and the like are, resolved to grids and points. */
export function resolvePlants(geo, points) {
  const byName = new Map(points.map((p) => [p.name, p]));
  const hot = HOT.map((h) => {
    const point = byName.get(h.at);
    if (!point) throw new Error(`no point named ${h.at}`);
    const middle =
      point.kind === 'Point' ? point.places[0]
      : point.kind === 'Polygon' ? centroid(point.places)
      : along(point.places, chainLength(point.places) / 2);
    return { ...h, point, cells: geo.cluster(middle, h.grids) };
  });
  for (const a of hot) {
    for (const b of hot) {
      if (a === b || a.category !== b.category || a.to < b.from || b.to < a.from) continue;
      if (a.cells.some((g) => b.cells.includes(g))) throw new Error(`${a.id} and ${b.id} heat the same grid`);
    }
  }
  const busy = new Set(hot.flatMap((h) => h.cells));
  const near = new Set([...busy].flatMap((g) => g.neighbours));
  const treated = new Set(CAMPAIGNS.flatMap((c) => c.communities));
  // Calm grids: not hot, no hot neighbour, no campaign; those with most evaluation points first, for they look busy.
  const calm = geo.grids
    .filter((g) => !busy.has(g) && !near.has(g) && !treated.has(g.community))
    .map((g) => ({ g, n: points.filter((p) => p.samples.has(g.code)).length }))
    .sort((a, b) => b.n - a.n || (a.g.code < b.g.code ? -1 : 1))
    .filter(({ g }, i, all) => all.slice(0, i).filter((o) => o.g.community === g.community).length < CALM_PER_COMMUNITY)
    .slice(0, CALM_GRIDS)
    .map(({ g }) => g);
  return { hot, calm };
}

export function makeIssues(geo, points, plants) {
  const places = new Map(geo.grids.map((g) => [g.code, points.filter((p) => p.samples.has(g.code))]));
  const jitter = (p, grid, rng, spread) => {
    for (let i = 0; i < 60; i++) {
      const q = settle({ x: p.x + spread * rng.normal(), y: p.y + spread * rng.normal() });
      if (inside(q, grid.ring) && distanceToRing(q, grid.ring) > 1) return q;
    }
    return settle(p);
  };
  const anywhere = (grid, rng) => {
    const xs = grid.ring.map((p) => p.x);
    const ys = grid.ring.map((p) => p.y);
    for (;;) {
      const q = settle({ x: rng.range(Math.min(...xs), Math.max(...xs)), y: rng.range(Math.min(...ys), Math.max(...ys)) });
      if (inside(q, grid.ring) && distanceToRing(q, grid.ring) > 2) return q;
    }
  };
  const spot = (category, grid, rng, favourite) => {
    if (favourite?.samples.has(grid.code) && rng.next() < 0.8) {
      return { point: favourite, place: jitter(rng.pick(favourite.samples.get(grid.code)), grid, rng, 4) };
    }
    const profile = PROFILES[category];
    const here = places.get(grid.code).filter((p) => profile.near[p.type]);
    const weights = [...here.map((p) => profile.near[p.type]), profile.loose || (here.length ? 0 : 1)];
    const i = rng.weighted(weights);
    if (i === here.length) return { point: null, place: anywhere(grid, rng) };
    return { point: here[i], place: jitter(rng.pick(here[i].samples.get(grid.code)), grid, rng, 3.5) };
  };

  const events = [];
  const calm = new Set(plants.calm);
  const hotCells = new Set(plants.hot.flatMap((h) => h.cells));
  // Background: every grid alike, but for a mild unevenness outside hot and calm grids.
  const rngGrid = stream('grid weights');
  const evenness = new Map(
    geo.grids.map((g) => {
      const w = rngGrid.range(0.8, 1.2);
      return [g, calm.has(g) || hotCells.has(g) ? 1 : w];
    }),
  );
  const rates = {};
  for (const [category, profile] of Object.entries(PROFILES)) {
    const rng = stream(`background/${category}`);
    const days = dayWeights(profile);
    const grids = profile.bound
      ? geo.grids.filter((g) => places.get(g.code).some((p) => profile.near[p.type]))
      : geo.grids;
    const weights = grids.map((g) => evenness.get(g));
    const total = weights.reduce((a, b) => a + b, 0);
    rates[category] = profile.n / total;
    for (let i = 0; i < profile.n; i++) {
      const grid = grids[rng.weighted(weights)];
      const day = FIRST_DAY + rng.weighted(days);
      events.push({ category, grid, minute: pickMinute(day, profile.hours, rng), ...spot(category, grid, rng, null) });
    }
  }

  // Hot places: the extra events that lift the grid to `factor` times the background of a grid of weight one.
  for (const h of plants.hot) {
    const rng = stream(`hot/${h.id}`);
    const profile = PROFILES[h.category];
    const year = dayWeights(profile);
    const share = year.reduce((s, w, i) => s + (inPeriod(FIRST_DAY + i, h.from, h.to) ? w : 0), 0) / year.reduce((a, b) => a + b, 0);
    const days = dayWeights(profile, h.only).map((w, i) => (inPeriod(FIRST_DAY + i, h.from, h.to) ? w : 0));
    h.background = rates[h.category] * share;
    h.extra = Math.round((h.factor - 1) * h.background);
    for (const grid of h.cells) {
      for (let i = 0; i < h.extra; i++) {
        const day = FIRST_DAY + rng.weighted(days);
        const minute = pickMinute(day, h.only?.hours ?? profile.hours, rng);
        events.push({ category: h.category, grid, minute, ...spot(h.category, grid, rng, h.point) });
      }
    }
  }

  // Campaigns: in order of time, keep just the share that the factor says.
  events.sort((a, b) => a.minute - b.minute || (a.grid.code < b.grid.code ? -1 : 1));
  const kept = events.filter((e) => {
    const day = Math.floor(e.minute / 1440);
    for (const c of CAMPAIGNS) {
      if (c.category !== e.category || !c.communities.includes(e.grid.community)) continue;
      for (const phase of c.phases) {
        if (!inPeriod(day, phase.from, phase.to)) continue;
        phase.seen = (phase.seen ?? 0) + 1;
        if (Math.floor(phase.seen * phase.factor) === Math.floor((phase.seen - 1) * phase.factor)) return false;
      }
    }
    return true;
  });
  for (const e of kept) Object.assign(e, fate(e, stream(`fate/${e.category}/${e.minute}/${e.grid.code}`)));

  // What comes back: closed each time, found again some days later at the same point.
  for (const r of RECURRING) {
    const rng = stream(`recurring/${r.id}`);
    const candidates = points.filter((p) => p.type === r.type && p.samples.size === 1);
    r.point = candidates[r.index % candidates.length];
    const grid = geo.grids.find((g) => r.point.samples.has(g.code));
    let minute = dayNumber(r.from) * 1440 + rng.int(540, 660);
    for (let i = 0; i < r.times; i++) {
      const closed = minute + rng.int(20, 50) * 60;
      const place = jitter(rng.pick(r.point.samples.get(grid.code)), grid, rng, 2);
      kept.push({ category: r.category, grid, minute, point: r.point, place, state: 'closed', closed, recurring: r.id });
      minute = Math.floor(closed / 1440 + rng.int(r.within[0], r.within[1])) * 1440 + rng.int(480, 1080);
    }
  }

  // A little outside the street.
  const ring = geo.street.ring;
  const whole = chainLength([...ring, ring[0]]);
  OUTSIDERS.forEach((o, i) => {
    const rng = stream(`outside/${i}`);
    const s = along([...ring, ring[0]], o.at * whole);
    // Outside is to the right of an anticlockwise ring; move on until the nearest border is as far as wanted.
    let off = o.metres;
    let place;
    for (let k = 0; k < 40; k++) {
      place = settle({ x: s.x + s.dy * off, y: s.y - s.dx * off });
      off += o.metres - distanceToRing(place, ring);
    }
    if (inside(place, ring) || Math.abs(distanceToRing(place, ring) - o.metres) > 0.5) throw new Error(`outsider ${i}`);
    const minute = (LAST_DAY - 20 - i * 9) * 1440 + rng.int(540, 1020);
    kept.push({ category: o.category, grid: null, minute, point: null, place, state: i % 2 ? 'filed' : 'open', closed: null, outside: o });
  });

  // The last minutes of the calendar: one issue on the anchor day itself.
  const lamp = points.find((p) => p.type === 'park');
  const lampGrid = geo.grids.find((g) => lamp.samples.has(g.code));
  kept.push({ category: 'facility_damage', grid: lampGrid, minute: LAST_DAY * 1440 + 3, point: lamp, place: lamp.samples.get(lampGrid.code)[0], state: 'reported', closed: null });

  kept.sort((a, b) => a.minute - b.minute || (a.category < b.category ? -1 : a.category > b.category ? 1 : a.place.x - b.place.x));
  kept.forEach((e, i) => {
    e.code = `I${String(i + 1).padStart(5, '0')}`;
    const rng = stream(`text/${e.code}`);
    const where = e.point ? e.point.name : e.grid ? `${e.grid.name}内道路` : '街道边界附近';
    e.where = where;
    e.description = rng.pick(SENTENCES[e.category]).replace('{p}', where).replace('{n}', String(rng.int(2, 6)));
  });
  return { issues: kept, rates };
}

/** State and closing time of an issue. Delays are skewed; night closings move to the next morning. */
function fate(e, rng) {
  const median = PROFILES[e.category].close;
  // Skewed like a log-normal: the median times a power of two of a normal number.
  let hours = median * 2 ** (rng.normal() * 1.1);
  if (rng.next() < 0.09) hours *= 14;
  let closed = e.minute + Math.max(10, Math.round(hours * 60));
  const clock = ((closed % 1440) + 1440) % 1440;
  if (clock >= 1260) closed += 1440 - clock + rng.int(500, 700);
  else if (clock < 480) closed += 480 - clock + rng.int(15, 200);
  const never = rng.next() < 0.036;
  if (!never && closed < END_MINUTE) {
    const r = rng.next();
    return { closed, state: r < 0.955 ? 'closed' : r < 0.97 ? 'rejected' : r < 0.985 ? 'merged' : 'cancelled' };
  }
  const age = (END_MINUTE - e.minute) / 1440;
  const states =
    age < 1 ? ['reported', 'open', 'filed']
    : age < 4 ? ['filed', 'dispatched', 'dispatched', 'replied']
    : age < 12 ? ['dispatched', 'replied', 'rectified', 'verified', 'returned']
    : ['extended', 'suspended', 'returned', 'reopened', 'dispatched', 'rectified'];
  return { closed: null, state: rng.pick(states) };
}

