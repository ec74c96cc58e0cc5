/** Writes README.md: the fixed text, and tables of what this run planted. */

const table = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((r) => `| ${r.join(' | ')} |`)].join('\n');

const hours = (only) =>
  [
    only.hours ? only.hours.map(([a, b]) => `${a}–${b} h`).join(', ') : '',
    only.weekdays ? 'Monday to Friday' : '',
    only.notMonths ? `not in months ${only.notMonths.map((m) => m + 1).join(', ')}` : '',
  ].filter(Boolean).join('; ');

export function readme({ truth, counts, types, states, hashes, areaKm2 }) {
  const categories = Object.entries(truth.backgroundPerGridAndYear);
  return `# Demo street

A made-up but believable street like 大溪沟街道 in 重庆市渝中区, around 106.55 E, 29.565 N, for the first start of the
service, for tests and for screenshots. ${areaKm2} km², nine communities, ${counts.grids} grids, ${counts.points} evaluation points and
twelve months of issues. **This file is written by \`generate.mjs\`; edit \`generate/readme.mjs\`.**

## Source and licence

Everything here is made up by the program in \`generate/\`: outline, borders, roads, river, places, venues and issues.
No map, street file or ledger was traced, copied or sampled; coordinates are drawn by hand in metres or drawn by chance.
Names of the street, its communities and of public places (人民大礼堂广场, 大溪沟农贸市场, 星都花园, 巴蜀中学, 黄花园轻轨站 …)
are those a published official document uses (大街工委发〔2020〕30号); where they lie here is made up, and what is recorded at
them never happened. No person, phone number or postal address occurs. Shop and alley names are put together from word lists.
The picture is not a map of the real place and must not be used as one.

Licence: [CC0 1.0 Universal](https://creativecommons.org/publicdomain/zero/1.0/) for all files of this folder.

## Files

All coordinates are WGS-84 (EPSG:4326), longitude first, rounded to 1e-7 degree. GeoJSON is RFC 7946, one feature a line;
areas are Polygons (the importer makes MultiPolygons of them). Dates are of the calendar that ends on the day in \`anchor.txt\`
(${truth.anchor}); a loader that wants the data to end today adds (today − anchor) days to every date. Days of the week shift
with it unless that difference is a multiple of seven.

${table(
  ['File', 'Rows', 'Properties or columns'],
  [
    ['`street.geojson`', 1, '`code name`'],
    ['`communities.geojson`', counts.communities, '`code name street`'],
    ['`grids.geojson`', counts.grids, '`code name community`; 15 digits, numbered west to east in bands from north to south'],
    ['`points.geojson`', counts.points, '`code name type`; Points, LineStrings (alleys, roads, shop fronts) and Polygons (markets, plazas, parks, sites, school zones, compounds)'],
    ['`schools.geojson`', counts.schools, '`code name kind`; campus outlines'],
    ['`gates.geojson`', counts.gates, '`code name school`; each is a corner of its campus ring, so it lies on it exactly'],
    ['`venues.geojson`', counts.venues, '`code name category licensed_from licensed_until` (null: no end)'],
    ['`issues.csv`', counts.issues, '`code,name,category,found_at,state,closed_at,description,point,lon,lat`; UTF-8, times with +08:00'],
    ['`base.geojson`', counts.base, '`code name kind`; `river park road_main road_minor rail station bridge`, the map\'s own base (`name` may be null)'],
    ['`ways.geojson`', counts.ways, '`code name kind layer bridge tunnel`; what people walk on: the roads and the bridge of `base.geojson`, and made-up footpaths and steps that tie roads, gates and quarters together (`generate/ways.mjs`). Ways of one layer share a vertex where they meet'],
    ['`bodies.csv`', 26, '`code,name,kind`; the offices the campaign plan names, the nine communities, a few made up'],
    ['`people.csv`', 281, '`code,name,role,area,building,unit,from,to`; posts with their titles, no persons'],
    ['`duties.csv`', 60, '`code,name,category,area,body,role,leader_role,from,to`; planted: `property_service` has no lead in 人民村社区, `abandoned_vehicle` two leads of the same day in two grids of 人和街社区, `public_ad_damage` went from one body to another, `market_order` has a lead of its own in one grid'],
    ['`stories.csv`', 48, '`script,point,category,reporter,building,floor,description,reply`; issues that `geocivic demo load` plays through the real operations over the working days before today (`src/GeoCivic/Commands/DemoScripts.cs`); not part of `truth.json`'],
    ['`assessment-tree.csv`', 377, '`级别,编号,上级,名称,测评方法,权重,一票否决,点位类型,点位,户数,依据`; an assessment system of 12 projects, 40 parts, 88 items and 237 indicators that attaches all points and 300 households (`generate-assessment.mjs`). Only the numbers are those of real systems: headings follow the campaign plan, every wording is our own'],
    ['`anchor.txt`', 1, 'the last day of the calendar'],
    ['`truth.json`', '', 'the planted truth below, for programs'],
  ],
)}

Point types: ${types}.

Issues by state: ${states}.

## How the issues come about

Background: in every category each grid has the same expected number of events a year, times a mild unevenness between 0.8
and 1.2 that is drawn once a grid (exactly 1 in hot and in calm grids). Categories tied to a kind of place (site_hoarding,
site_dust, market_order, civil_service_conduct) occur only in grids that have one. Seasons, weekdays and hours follow the
category (\`generate/categories.mjs\`): parking and crossing at rush hours, vendors in the evening and in summer, dust on
working days. About four in five issues lie on or near an evaluation point (\`point\`). Events are drawn by chance, so
counts scatter as such counts do. On top of it comes what is planted:

Expected background events a grid and year: ${categories.map(([k, v]) => `${k} ${v.toFixed(2)}`).join(', ')}.

### Hot places

In each of the grids, events of the category come \`factor\` times as often as the background of one grid, from–to inclusive.
\`background\` is the expected number without the plant in that period, \`extra\` what was added, \`observed\` what the file holds
(campaigns below have then taken their part). About 80 % of the extra events of the point's own grid are at the point.
Everything not listed is background: a test of precision can take all other grids as not hot.

${table(
  ['Id', 'Category', 'Place', 'Grids', 'From', 'To', 'Factor', 'Background', 'Extra', 'Observed', 'Only'],
  truth.hot.map((h) => [
    h.id, h.category, `${h.pointName} (${h.point})`, h.grids.join(' '), h.from, h.to, h.factor,
    h.backgroundPerGrid.toFixed(2), h.extraPerGrid, h.observedPerGrid.join(' '), h.only ? hours(h.only) : '',
  ]),
)}

H11 is new (the last seven weeks), H12 is over (the first four months), H07 and H14 are seasonal, the others last all year.

### Calm grids (control)

Background only, in every category, all year, no hot neighbour and no campaign; chosen among the grids with most evaluation
points, so that they look busy: ${truth.calmGrids.join(', ')}.

### Campaigns

In the communities named, events of the category are kept with this share (in order of time, so the share is met exactly up
to rounding). Observed: issues of the category in the treated and the control communities, in the period of the first phase
and in the equally long one before it.

${table(
  ['Id', 'Campaign', 'Category', 'Communities', 'Phases (share kept)', 'Before', 'Treated before → during', 'Control', 'Control before → during'],
  truth.campaigns.map((c) => [
    c.id, c.name, c.category, c.communities.join(' '), c.phases.map((p) => `${p.from}–${p.to}: ${p.factor}`).join('; '),
    `${c.before.from}–${c.before.to}`, `${c.observed.treatedBefore} → ${c.observed.treatedDuring}`, c.control.join(' '),
    `${c.observed.controlBefore} → ${c.observed.controlDuring}`,
  ]),
)}

C3 did nothing: a sound evaluation must not find an effect.

### Recurrences

Same point, same category, closed each time, and found again that many days later.

${table(
  ['Id', 'Category', 'Point', 'Days after closing', 'Issues in order'],
  truth.recurring.map((r) => [r.id, r.category, `${r.pointName} (${r.point})`, r.daysAfterClosing.join('–'), r.issues.join(' ')]),
)}

### Outside the street

${truth.outside.length} issues lie outside all grids: up to 20 m they are snapped to the nearest grid, farther they are orphans.

${table(['Issue', 'Metres outside', 'Placement'], truth.outside.map((o) => [o.issue, o.metres, o.placement]))}

### Points exactly on borders

Corners of the grids themselves: covered by two or more grids. The owner is the grid with the lowest code.

${table(['Point', 'Grids', 'Owner'], truth.onBorder.map((p) => [p.point, p.grids.join(' '), p.owner]))}

The centre lines 人民路 and 人和街 (type main_road) run exactly along borders of grids and communities. ${truth.acrossGrids.length} other
lines and areas reach into more than one grid (\`acrossGrids\` in truth.json).

### Venues near schools

Straight-line metres from the boundary of the nearest campus (0 inside), and from the nearest gate. These were planted in
bands below and above 50 m and 200 m; truth.json has both distances for all ${counts.venues} venues, to two decimals, and the metres on
foot over \`ways.geojson\` from the nearest gate of that campus (\`generate/walk.mjs\`, which knows nothing of the service;
null where no way leads there).

${table(
  ['Venue', 'Category', 'Campus', 'From boundary', 'Gate', 'From gate', 'Band'],
  truth.venues.filter((v) => v.planted).map((v) => [
    v.venue, v.category, v.campus, v.campusMetres.toFixed(2), v.gate, v.gateMetres.toFixed(2), v.planted,
  ]),
)}

## Make it again, check it

\`\`\`
node data/demo/generate.mjs   # writes the files of this folder again, from nothing
node data/demo/check.mjs      # asserts what is said here; exits non-zero on any violation
\`\`\`

Plain Node ≥ 20, no packages. The generator uses its own seeded numbers and neither clock nor locale: the same bytes each time
(written with Node 20). With PostGIS 3.3 the union of the grids equals the street, no two grids overlap, and every shape is valid.

${table(['File', 'SHA-256'], hashes.map(([name, hash]) => [`\`${name}\``, `\`${hash}\``]))}
`;
}
