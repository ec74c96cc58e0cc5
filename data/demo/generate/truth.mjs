/** The planted truth with the codes and counts of this run, for README.md and truth.json. */
import { ANCHOR, dateOf, dayNumber, FIRST_DAY } from './calendar.mjs';
import { CAMPAIGNS, RECURRING } from './plants.mjs';

const dateOfIssue = (issue) => dateOf(Math.floor(issue.minute / 1440));
const within = (issue, from, to) => dateOfIssue(issue) >= from && dateOfIssue(issue) <= to;
const metres = (value) => Math.round(value * 100) / 100;

export function tellTruth(geo, points, venues, issues, plants, rates) {
  const count = (category, grids, from, to) =>
    issues.filter((i) => i.grid && i.category === category && grids.has(i.grid.code) && within(i, from, to)).length;
  const codesIn = (communities) => new Set(geo.grids.filter((g) => communities.includes(g.community)).map((g) => g.code));

  const hot = plants.hot.map((h) => ({
    id: h.id,
    category: h.category,
    point: h.point.code,
    pointName: h.point.name,
    grids: h.cells.map((g) => g.code),
    from: h.from,
    to: h.to,
    factor: h.factor,
    ...(h.only ? { only: h.only } : {}),
    backgroundPerGrid: Math.round(h.background * 1000) / 1000,
    extraPerGrid: h.extra,
    observedPerGrid: h.cells.map((g) => count(h.category, new Set([g.code]), h.from, h.to)),
  }));

  const campaigns = CAMPAIGNS.map((c) => {
    const phases = c.phases.map(({ from, to, factor }) => ({ from, to, factor }));
    const { from, to } = phases[0];
    const days = dayNumber(to) - dayNumber(from) + 1;
    const before = [dateOf(dayNumber(from) - days), dateOf(dayNumber(from) - 1)];
    return {
      id: c.id,
      name: c.name,
      category: c.category,
      communities: c.communities,
      control: c.control,
      phases,
      before: { from: before[0], to: before[1] },
      observed: {
        treatedBefore: count(c.category, codesIn(c.communities), ...before),
        treatedDuring: count(c.category, codesIn(c.communities), from, to),
        controlBefore: count(c.category, codesIn(c.control), ...before),
        controlDuring: count(c.category, codesIn(c.control), from, to),
      },
    };
  });

  return {
    anchor: ANCHOR,
    from: dateOf(FIRST_DAY),
    to: ANCHOR,
    backgroundPerGridAndYear: Object.fromEntries(Object.entries(rates).map(([k, v]) => [k, Math.round(v * 1000) / 1000])),
    hot,
    campaigns,
    recurring: RECURRING.map((r) => ({
      id: r.id,
      category: r.category,
      point: r.point.code,
      pointName: r.point.name,
      daysAfterClosing: r.within,
      issues: issues.filter((i) => i.recurring === r.id).map((i) => i.code),
    })),
    calmGrids: plants.calm.map((g) => g.code),
    outside: issues
      .filter((i) => i.outside)
      .map((i) => ({ issue: i.code, metres: i.outside.metres, placement: i.outside.placement })),
    onBorder: points.filter((p) => p.onBorder).map((p) => ({ point: p.code, grids: p.onBorder, owner: p.onBorder[0] })),
    acrossGrids: points
      .filter((p) => p.samples.size > 1)
      .map((p) => ({ point: p.code, grids: [...p.samples.keys()].sort() })),
    venues: venues.map((v) => ({
      venue: v.code,
      category: v.category,
      campus: v.campus.school,
      campusMetres: metres(v.campus.metres),
      gate: v.gate.code,
      gateMetres: metres(v.gate.metres),
      walkingGate: v.walk?.gate ?? null,
      walkingMetres: v.walk ? metres(v.walk.metres) : null,
      ...(v.planted ? { planted: v.planted } : {}),
    })),
  };
}
