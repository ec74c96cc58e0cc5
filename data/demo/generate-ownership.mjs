// Writes bodies.csv, people.csv and duties.csv: who answers in the demo street. Bodies are the offices that the campaign
// plan of 2020 names; people are posts with titles, no persons. Run after generate.mjs: it reads the boundaries.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, here), 'utf8')).features;
const write = (name, header, rows) =>
  writeFileSync(new URL(name, here), `${[header, ...rows.map((r) => r.join(','))].join('\n')}\n`);

const street = '500103011';
const byCode = (a, b) => (a.properties.code < b.properties.code ? -1 : 1);
const communities = read('communities.geojson').sort(byCode).map((f) => f.properties);
const grids = read('grids.geojson').sort(byCode).map((f) => f.properties);

const offices = [
  ['B01', '党政办', 'section'],
  ['B02', '平安办', 'section'],
  ['B03', '规建办', 'section'],
  ['B04', '民社办', 'section'],
  ['B05', '经发办', 'section'],
  ['B06', '应急办', 'section'],
  ['B07', '社保所', 'station'],
  ['B08', '纪工委', 'discipline'],
  ['B09', '执法大队', 'enforcement'],
  ['B10', '大溪沟派出所', 'police'],
  ['B11', '上清寺交巡警大队', 'traffic_police'],
  ['B12', '市场监管所', 'market_supervision'],
  ['B13', '大礼堂管理处', 'external'],
  ['B14', '创建工作专班', 'task_force'],
  ['B15', '环卫公司', 'external'],
  ['B16', '示范物业一', 'property'],
  ['B17', '示范物业二', 'property'],
];
const bodyOf = (community) => `C${community.code.slice(-2)}`;
write('bodies.csv', 'code,name,kind', [
  ...offices,
  ...communities.map((c) => [bodyOf(c), c.name, 'community']),
]);

const people = [];
const person = (name, role, area, building = '', unit = '') =>
  people.push([`R${String(people.length + 1).padStart(3, '0')}`, name, role, area, building, unit, '2020-11-19', '']);
for (const community of communities) {
  person(`${community.name}包保领导`, 'leader_in_charge', community.code);
  person(`${community.name}书记`, 'community_secretary', community.code);
}
for (const grid of grids) {
  person(`${grid.name}网格长`, 'grid_chief', grid.code);
  person(`${grid.name}网格员`, 'grid_worker', grid.code);
}
// The five chiefs on the first grid of every community, and chiefs of buildings and units on its second.
for (const community of communities) {
  const [first, second] = grids.filter((g) => g.community === community.code);
  for (const [title, role] of [['街长', 'street_chief'], ['路长', 'road_chief'], ['巷长', 'lane_chief'], ['楼长', 'house_chief'], ['店长', 'shop_chief']]) {
    person(`${first.name}${title}`, role, first.code);
  }
  for (const building of ['1栋', '2栋']) {
    person(`${second.name}${building}楼栋长`, 'building_chief', second.code, building);
    person(`${second.name}${building}一单元单元长`, 'unit_chief', second.code, building, '一单元');
  }
}
write('people.csv', 'code,name,role,area,building,unit,from,to', people);

const leader = { secretary: '党工委副书记', city: '分管城管的副主任', peace: '分管平安的副主任', economy: '分管经发的副主任', discipline: '纪工委书记' };
const duties = [];
const duty = (name, category, area, body, role, title = '', from = '2020-11-19', to = '') =>
  duties.push([`D${String(duties.length + 1).padStart(3, '0')}`, name, category, area, body, role, title, from, to]);
const lead = (category, body, title, ...cooperating) => {
  duty('', category, street, body, 'lead', title);
  for (const other of cooperating) {
    duty('', category, street, other, 'cooperating');
  }
};
// The seven campaigns; two leads of the plan become a lead and a cooperating body, for one has to answer.
lead('uncivil_travel', 'B01', leader.secretary, 'B11');
lead('uncivil_pets', 'B02', leader.peace, 'B10');
lead('street_gambling', 'B10', leader.peace, 'B02', 'B13');
lead('illegal_posting_hanging', 'B03', leader.city, 'B09');
lead('vagrancy_begging', 'B04', leader.economy);
lead('spitting_littering', 'B03', leader.city, 'B01', 'B15');
lead('civil_service_conduct', 'B08', leader.discipline);
// City management and social governance.
lead('stall_occupying', 'B09', leader.city, 'B03');
lead('roaming_vendor', 'B09', leader.city);
lead('illegal_parking', 'B09', leader.city, 'B11');
lead('exposed_garbage', 'B03', leader.city, 'B15');
lead('awning_signboard', 'B09', leader.city, 'B03');
lead('site_hoarding', 'B03', leader.city);
lead('site_dust', 'B03', leader.city, 'B09');
lead('facility_damage', 'B03', leader.city);
lead('market_order', 'B05', leader.economy, 'B09');
lead('shop_licence_display', 'B12', leader.economy, 'B09');
lead('corridor_clutter', 'B06', leader.peace);
lead('balcony_clutter', 'B03', leader.city);
lead('high_altitude_throwing', 'B02', leader.peace);
lead('resident_concern', 'B04', leader.economy);
// Handed over this year: the adverts went from the office to the task force.
duty('公益广告(移交前)', 'public_ad_damage', street, 'B01', 'lead', leader.secretary, '2020-11-19', '2026-02-28');
duty('公益广告', 'public_ad_damage', street, 'B14', 'lead', leader.secretary, '2026-03-01');
// Planted: abandoned vehicles in two grids have two leads since the same day; elsewhere one.
lead('abandoned_vehicle', 'B09', leader.city);
for (const grid of grids.filter((g) => g.community === communities[4].code).slice(0, 2)) {
  duty('僵尸车清理', 'abandoned_vehicle', grid.code, 'B09', 'lead', leader.city, '2026-06-01');
  duty('僵尸车拖移', 'abandoned_vehicle', grid.code, 'B11', 'lead', leader.peace, '2026-06-01');
}
// Planted: property service is led by the communities, and one of them has nobody.
for (const community of communities) {
  if (community.name !== '人民村社区') {
    duty('', 'property_service', community.code, bodyOf(community), 'lead', `${community.name}书记`);
  }
}
// A grid's own duty goes before the street's: the market's grid has a post of the enforcement team.
duty('农贸市场专人值守', 'market_order', grids.find((g) => g.name === '人和街社区第05网格').code, 'B09', 'lead', leader.city, '2021-01-01');
// Every community cooperates in everything within its borders.
for (const community of communities) {
  duty(`${community.name}配合`, '', community.code, bodyOf(community), 'cooperating');
}
write('duties.csv', 'code,name,category,area,body,role,leader_role,from,to', duties);

