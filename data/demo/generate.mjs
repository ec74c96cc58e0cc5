/**
 * Makes the demo street again, from nothing, and writes it beside this file. Deterministic: seeded numbers of its own,
 * no clock, no locale, no dependencies. Run with `node data/demo/generate.mjs`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { alongRiver, makeBase, SHORE_ROAD } from './generate/base.mjs';
import { ANCHOR, timeText } from './generate/calendar.mjs';
import { makeGeography } from './generate/geography.mjs';
import { makeIssues, resolvePlants } from './generate/issues.mjs';
import { area, toDegrees } from './generate/plane.mjs';
import { makePoints } from './generate/points.mjs';
import { readme } from './generate/readme.mjs';
import { makeSchools } from './generate/schools.mjs';
import { tellTruth } from './generate/truth.mjs';
import { makeVenues } from './generate/venues.mjs';
import { network, walksFrom } from './generate/walk.mjs';
import { makeWays } from './generate/ways.mjs';

const file = (name) => new URL(`./${name}`, import.meta.url);
const reference = (name) =>
  readFileSync(new URL(`../reference/${name}`, import.meta.url), 'utf8').trim().split('\n').slice(1).map((l) => l.split(','));

const geo = makeGeography();
geo.riverRoad = alongRiver(geo, SHORE_ROAD, 3);
geo.rail = alongRiver(geo, 54, 3);
geo.stationLine = alongRiver(geo, 54, 0);
const taken = [];
const schools = makeSchools(geo, taken);
const { points, roadside } = makePoints(geo, schools, taken);
const venues = makeVenues(geo, schools, roadside);
const plants = resolvePlants(geo, points);
const { issues, rates } = makeIssues(geo, points, plants);
const base = makeBase(geo, schools, points);
const ways = makeWays(base, schools);
const net = network(
  ways.map((w) => ({ geometry: { coordinates: w.places.map(toDegrees) }, properties: { layer: w.layer } })),
);
const walks = new Map(
  schools.map((s) => [s.code, walksFrom(net, s.gates.map((g) => ({ code: g.code, position: toDegrees(g.place) })))]),
);
for (const v of venues) v.walk = walks.get(v.campus.school)(toDegrees(v.place));
const truth = tellTruth(geo, points, venues, issues, plants, rates);

const written = [];
function write(name, text) {
  writeFileSync(file(name), text);
  if (name !== 'README.md') written.push([name, createHash('sha256').update(text).digest('hex')]);
}

/** Geometry in degrees; areas run anticlockwise and are closed. */
function geometry(kind, places) {
  if (kind === 'Point') return { type: 'Point', coordinates: toDegrees(places[0]) };
  const line = (area(places) < 0 && kind === 'Polygon' ? [...places].reverse() : places).map(toDegrees);
  return kind === 'Polygon'
    ? { type: 'Polygon', coordinates: [[...line, line[0]]] }
    : { type: 'LineString', coordinates: line };
}

function writeFeatures(name, rows) {
  const lines = rows.map((row) =>
    JSON.stringify({ type: 'Feature', geometry: geometry(row.kind, row.places), properties: row.properties }),
  );
  write(name, `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`);
}

const polygon = (places, properties) => ({ kind: 'Polygon', places, properties });

writeFeatures('street.geojson', [polygon(geo.street.ring, { code: geo.street.code, name: geo.street.name })]);
writeFeatures(
  'communities.geojson',
  geo.communities.map((c) => polygon(c.ring, { code: c.code, name: c.name, street: geo.street.code })),
);
writeFeatures(
  'grids.geojson',
  geo.grids.map((g) => polygon(g.ring, { code: g.code, name: g.name, community: g.community })),
);
writeFeatures(
  'points.geojson',
  points.map((p) => ({ kind: p.kind, places: p.places, properties: { code: p.code, name: p.name, type: p.type } })),
);
writeFeatures('schools.geojson', schools.map((s) => polygon(s.ring, { code: s.code, name: s.name, kind: s.kind })));
writeFeatures(
  'gates.geojson',
  schools
    .flatMap((s) => s.gates)
    .map((g) => ({ kind: 'Point', places: [g.place], properties: { code: g.code, name: g.name, school: g.school } })),
);
writeFeatures(
  'venues.geojson',
  venues.map((v) => ({
    kind: 'Point',
    places: [v.place],
    properties: { code: v.code, name: v.name, category: v.category, licensed_from: v.from, licensed_until: v.until },
  })),
);
writeFeatures(
  'base.geojson',
  base.map((b) => ({ kind: b.type, places: b.places, properties: { code: b.code, name: b.name, kind: b.kind } })),
);

writeFeatures(
  'ways.geojson',
  ways.map(({ places, ...properties }) => ({ kind: 'LineString', places, properties })),
);

const categoryNames = new Map(reference('issue_categories.csv').map(([code, name]) => [code, name]));
const cell = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
write(
  'issues.csv',
  ['code,name,category,found_at,state,closed_at,description,point,lon,lat']
    .concat(
      issues.map((i) =>
        [
          i.code, `${i.where} ${categoryNames.get(i.category)}`, i.category, timeText(i.minute), i.state,
          i.closed === null ? '' : timeText(i.closed), i.description, i.point?.code, ...toDegrees(i.place),
        ].map(cell).join(','),
      ),
    )
    .join('\n') + '\n',
);
write('anchor.txt', `${ANCHOR}\n`);
await import('./generate-ownership.mjs');
await import('./generate-assessment.mjs');
write('truth.json', `${JSON.stringify(truth, null, 1)}\n`);

const tally = (rows, key) => {
  const counts = new Map();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + 1);
  return [...counts].map(([name, n]) => `${name} ${n}`).join(', ');
};
write(
  'README.md',
  readme({
    truth,
    counts: {
      communities: geo.communities.length, grids: geo.grids.length, points: points.length, schools: schools.length,
      gates: schools.flatMap((s) => s.gates).length, venues: venues.length, issues: issues.length, base: base.length,
      ways: ways.length,
    },
    types: tally(points, 'type'),
    states: tally(issues, 'state'),
    hashes: written,
    areaKm2: (geo.area / 1e6).toFixed(2),
  }),
);
