/**
 * How often each category is found, when, where, and how long it takes to close. All numbers are made up to look
 * plausible; none is taken from a real ledger.
 */

const EVEN = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
const SUMMER = [0.6, 0.6, 0.8, 1, 1.2, 1.4, 1.5, 1.5, 1.2, 1, 0.8, 0.6];
const WINTER = [1.5, 1.4, 1.1, 0.9, 0.8, 0.6, 0.6, 0.6, 0.8, 1, 1.2, 1.5];
const DRY = [1.2, 1.1, 1.3, 1.3, 1.1, 0.7, 0.8, 1, 0.9, 1, 1.1, 1.2];
const FLAT_WEEK = [1, 1, 1, 1, 1, 1, 1];
const WORK_WEEK = [1.3, 1.2, 1.2, 1.2, 1.3, 0.4, 0.3];
const WEEKEND = [0.8, 0.8, 0.8, 0.8, 1, 1.6, 1.5];
const MOSTLY_WORK = [1.15, 1.1, 1.1, 1.1, 1.1, 0.8, 0.7];

const PEAKS = [[7, 9, 5], [11, 13, 2], [17, 19, 5], [9, 17, 1.5], [19, 22, 1]];
const OFFICE = [[9, 12, 4], [14, 18, 4]];
const PATROL = [[8, 12, 4], [14, 18, 4], [18, 22, 1.2]];
const AFTERNOON = [[13, 17, 5], [19, 22, 4], [9, 12, 1]];
const EVENING = [[17, 22, 5], [6, 9, 2], [11, 14, 1.5]];

/**
 * `n` events a year of background · `season` by month · `week` Monday first · `hours` [from, to, weight] · `near`
 * weights of point types · `loose` weight of a place that is no evaluation point · `bound` only where such a type is ·
 * `close` median hours until closed.
 */
export const PROFILES = {
  uncivil_travel: { n: 380, season: EVEN, week: MOSTLY_WORK, hours: PEAKS, near: { main_road: 6, bus_stop: 4, metro_exit: 4, uncivil_hotspot: 2 }, loose: 2, close: 2 },
  uncivil_pets: { n: 280, season: SUMMER, week: WEEKEND, hours: [[6, 8, 4], [18, 22, 5], [8, 18, 0.6]], near: { park: 6, plaza: 5, old_compound: 3 }, loose: 3, close: 5 },
  street_gambling: { n: 170, season: EVEN, week: WEEKEND, hours: AFTERNOON, near: { uncivil_hotspot: 5, plaza: 4, park: 3, old_compound: 2 }, loose: 2, close: 3 },
  illegal_posting_hanging: { n: 430, season: EVEN, week: MOSTLY_WORK, hours: PATROL, near: { back_alley: 5, old_compound: 4, bus_stop: 2, underpass: 3, shop_street: 2 }, loose: 2, close: 22 },
  vagrancy_begging: { n: 85, season: WINTER, week: FLAT_WEEK, hours: [[6, 9, 2], [12, 15, 1.5], [19, 24, 4], [0, 5, 1]], near: { underpass: 8, plaza: 3, metro_exit: 3 }, loose: 2, close: 18 },
  spitting_littering: { n: 480, season: SUMMER, week: MOSTLY_WORK, hours: PEAKS, near: { back_alley: 3, bus_stop: 4, school_perimeter: 3, main_road: 2, market: 2 }, loose: 2, close: 4 },
  civil_service_conduct: { n: 55, season: EVEN, week: [1, 1, 1, 1, 1, 0, 0], hours: OFFICE, near: { service_hall: 5, community_station: 5, bank_hall: 3, hospital: 3 }, loose: 0, bound: true, close: 60 },
  stall_occupying: { n: 370, season: SUMMER, week: WEEKEND, hours: [[6, 9, 4], [10, 13, 2], [16, 21, 4]], near: { market: 6, shop_street: 5, main_road: 2, metro_exit: 3, back_alley: 1 }, loose: 2, close: 4 },
  roaming_vendor: { n: 280, season: SUMMER, week: WEEKEND, hours: EVENING, near: { metro_exit: 6, school_perimeter: 4, bus_stop: 3, plaza: 3, main_road: 2 }, loose: 2, close: 3 },
  illegal_parking: { n: 560, season: EVEN, week: [1, 1, 1, 1, 1.2, 1.1, 0.9], hours: PEAKS, near: { main_road: 6, shop_street: 3, back_alley: 2, school_perimeter: 2 }, loose: 3, close: 6 },
  abandoned_vehicle: { n: 65, season: EVEN, week: WORK_WEEK, hours: PATROL, near: { back_alley: 4, old_compound: 3 }, loose: 3, close: 420 },
  exposed_garbage: { n: 420, season: SUMMER, week: FLAT_WEEK, hours: [[6, 10, 4], [10, 18, 2], [18, 22, 2]], near: { old_compound: 5, back_alley: 5, market: 2, construction_site: 2 }, loose: 2, close: 14 },
  awning_signboard: { n: 150, season: EVEN, week: WORK_WEEK, hours: PATROL, near: { shop_street: 6, main_road: 2 }, loose: 2, close: 96 },
  site_hoarding: { n: 55, season: EVEN, week: WORK_WEEK, hours: OFFICE, near: { construction_site: 1 }, loose: 0, bound: true, close: 90 },
  site_dust: { n: 75, season: DRY, week: WORK_WEEK, hours: OFFICE, near: { construction_site: 1 }, loose: 0, bound: true, close: 30 },
  public_ad_damage: { n: 140, season: EVEN, week: WORK_WEEK, hours: PATROL, near: { main_road: 4, bus_stop: 4, plaza: 2, old_compound: 2, construction_site: 2 }, loose: 1, close: 80 },
  facility_damage: { n: 300, season: EVEN, week: MOSTLY_WORK, hours: [...PATROL, [20, 23, 2]], near: { public_toilet: 4, bus_stop: 3, park: 3, plaza: 3, back_alley: 3, main_road: 3 }, loose: 2, close: 110 },
  market_order: { n: 60, season: EVEN, week: WEEKEND, hours: [[6, 11, 5], [15, 19, 3]], near: { market: 1 }, loose: 0, bound: true, close: 10 },
  shop_licence_display: { n: 110, season: EVEN, week: WORK_WEEK, hours: OFFICE, near: { shop_street: 6, market: 2 }, loose: 1, close: 120 },
  corridor_clutter: { n: 235, season: EVEN, week: MOSTLY_WORK, hours: PATROL, near: { old_compound: 1 }, loose: 0.6, close: 50 },
  balcony_clutter: { n: 165, season: EVEN, week: MOSTLY_WORK, hours: PATROL, near: { old_compound: 3, main_road: 2 }, loose: 1, close: 60 },
  high_altitude_throwing: { n: 65, season: SUMMER, week: FLAT_WEEK, hours: [[18, 23, 5], [7, 18, 1]], near: { old_compound: 1 }, loose: 0.5, close: 40 },
  property_service: { n: 110, season: EVEN, week: MOSTLY_WORK, hours: PATROL, near: { old_compound: 1 }, loose: 0.5, close: 130 },
  resident_concern: { n: 145, season: EVEN, week: MOSTLY_WORK, hours: OFFICE, near: { old_compound: 4, community_station: 2, back_alley: 1 }, loose: 1, close: 140 },
};

/** Sentences: {p} is a place, {n} a small number. */
export const SENTENCES = {
  uncivil_travel: ['{p}有行人翻越护栏、乱穿马路。', '{p}早晚高峰有{n}人次闯红灯，已劝导。', '{p}机动车不礼让斑马线。'],
  uncivil_pets: ['{p}有人遛狗不牵绳。', '{p}有宠物粪便未清理，共{n}处。', '{p}有流浪狗聚集。'],
  street_gambling: ['{p}有人聚集打牌，约{n}桌。', '{p}发现街边小赌，已劝散。', '{p}路边设摊下棋带彩头。'],
  illegal_posting_hanging: ['{p}墙面有小广告{n}张。', '{p}有乱牵乱挂、当街晾晒。', '{p}发现办证类涂写，需清除。'],
  vagrancy_begging: ['{p}有人露宿，已告知救助渠道。', '{p}有人行乞，影响通行。'],
  spitting_littering: ['{p}地面烟头、纸屑较多。', '{p}有人随地吐痰、乱扔垃圾。', '{p}有餐饮污水倒在路面。'],
  civil_service_conduct: ['{p}窗口无人在岗。', '{p}工作人员接电话缺少文明用语。', '{p}在岗人员玩手机。'],
  stall_occupying: ['{p}有{n}个摊位占用人行道。', '{p}店铺骑门摆摊，占道经营。', '{p}占道经营回潮，需加强值守。'],
  roaming_vendor: ['{p}有流动摊贩{n}处。', '{p}有游商售卖小吃，影响通行。', '{p}推车摊贩聚集。'],
  illegal_parking: ['{p}有{n}辆车违规停放。', '{p}摩托车占用人行道停放。', '{p}车辆乱停，堵住通道。'],
  abandoned_vehicle: ['{p}有长期停放的废弃车辆，积灰严重。', '{p}发现僵尸车一辆，需核实拖移。'],
  exposed_garbage: ['{p}有暴露垃圾，约{n}袋。', '{p}垃圾未及时清运。', '{p}有卫生死角，存积垃圾。'],
  awning_signboard: ['{p}门楣店招破损。', '{p}雨棚污损，堆放杂物。'],
  site_hoarding: ['{p}围挡破损{n}处。', '{p}围挡不连续，存在缺口。'],
  site_dust: ['{p}裸土未覆盖，扬尘明显。', '{p}渣土车带泥上路。'],
  public_ad_damage: ['{p}公益广告破损{n}处。', '{p}公益广告褪色、脱落。'],
  facility_damage: ['{p}路灯不亮{n}盏。', '{p}地砖松动。', '{p}护栏损坏，需修复。', '{p}座椅破损。'],
  market_order: ['{p}通道堆放货物。', '{p}摊位垃圾未清理。', '{p}摊主越线经营。'],
  shop_licence_display: ['{p}有{n}家门店未亮证经营。', '{p}从业人员健康证未公示。'],
  corridor_clutter: ['{p}楼道堆放杂物。', '{p}楼道停放电动车{n}辆。', '{p}消防通道被杂物占用。'],
  balcony_clutter: ['{p}临街阳台乱堆乱码。', '{p}二楼阳台外挂物品，影响市容。'],
  high_altitude_throwing: ['{p}有高空抛物痕迹。', '{p}居民反映楼上抛物。'],
  property_service: ['{p}楼道无灯，物业未修。', '{p}电梯故障多日。', '{p}公共区域保洁不到位。'],
  resident_concern: ['{p}居民反映下水道堵塞。', '{p}居民反映夜间噪声。', '{p}居民希望增设扶手。'],
};
