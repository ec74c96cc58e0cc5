/** The planted truth: which places are hot, for what and when; which campaign worked; what comes back; what is calm. */
import { ANCHOR, dateOf, FIRST_DAY } from './calendar.mjs';

const START = dateOf(FIRST_DAY);

/**
 * Hot places. In each of the grids the events of the category come `factor` times as often as the background of one
 * grid, from `from` to `to` (both included). `at` names an evaluation point; `grids` is how many grids are hot: the
 * point's own and its nearest neighbours. `only` narrows hours, weekdays and months.
 */
export const HOT = [
  { id: 'H01', category: 'street_gambling', at: '人民大礼堂广场', grids: 3, from: START, to: ANCHOR, factor: 14 },
  { id: 'H02', category: 'street_gambling', at: '大溪沟农贸市场入口', grids: 1, from: START, to: ANCHOR, factor: 14 },
  { id: 'H03', category: 'street_gambling', at: '星都花园门前', grids: 1, from: START, to: ANCHOR, factor: 12 },
  { id: 'H04', category: 'street_gambling', at: '市电力公司门前', grids: 1, from: START, to: ANCHOR, factor: 12 },
  { id: 'H05', category: 'street_gambling', at: '巴蜀中学门前', grids: 1, from: START, to: ANCHOR, factor: 10 },
  { id: 'H06', category: 'stall_occupying', at: '大溪沟农贸市场入口', grids: 3, from: START, to: ANCHOR, factor: 9 },
  { id: 'H07', category: 'roaming_vendor', at: '黄花园轻轨站1号出口', grids: 2, from: '2026-05-01', to: '2026-10-31', factor: 14, only: { hours: [[17, 22, 1]] } },
  { id: 'H08', category: 'illegal_parking', at: '人民路北侧第3段', grids: 4, from: START, to: ANCHOR, factor: 5 },
  { id: 'H09', category: 'illegal_parking', at: '人和街西侧第1段', grids: 4, from: START, to: ANCHOR, factor: 6 },
  { id: 'H10', category: 'spitting_littering', at: '巴蜀中学门前', grids: 1, from: START, to: ANCHOR, factor: 9, only: { hours: [[7, 9, 1], [16, 18, 1]], weekdays: [0, 1, 2, 3, 4], notMonths: [1, 6, 7] } },
  { id: 'H11', category: 'exposed_garbage', at: '胜利路小学校园周边', grids: 2, from: '2026-10-05', to: ANCHOR, factor: 20 },
  { id: 'H12', category: 'exposed_garbage', at: '建设路幼儿园校园周边', grids: 2, from: START, to: '2026-03-15', factor: 15 },
  { id: 'H13', category: 'vagrancy_begging', at: '人民大礼堂地下通道', grids: 1, from: START, to: ANCHOR, factor: 22 },
  { id: 'H14', category: 'uncivil_pets', at: '黄花园滨江公园', grids: 2, from: '2026-04-01', to: '2026-10-31', factor: 10 },
  { id: 'H15', category: 'high_altitude_throwing', at: '星都花园', grids: 1, from: START, to: ANCHOR, factor: 25 },
  { id: 'H16', category: 'illegal_posting_hanging', at: '双钢路小学校园周边', grids: 3, from: START, to: ANCHOR, factor: 7 },
];

/** Campaigns: events of the category found in the communities in the period are kept with this share. */
export const CAMPAIGNS = [
  {
    id: 'C1', name: '人和街、罗家院乱停乱放整治', category: 'illegal_parking', communities: ['500103011016', '500103011012'],
    phases: [{ from: '2026-06-01', to: '2026-07-31', factor: 0.35 }, { from: '2026-08-01', to: '2026-09-15', factor: 0.7 }],
    control: ['500103011017', '500103011020'],
  },
  {
    id: 'C2', name: '红球坝街边小赌整治', category: 'street_gambling', communities: ['500103011015'],
    phases: [{ from: '2026-08-01', to: ANCHOR, factor: 0.25 }],
    control: ['500103011013', '500103011017', '500103011018'],
  },
  {
    id: 'C3', name: '双钢路、张家花园乱贴乱挂整治（无效果）', category: 'illegal_posting_hanging', communities: ['500103011019', '500103011018'],
    phases: [{ from: '2026-03-01', to: '2026-04-30', factor: 1 }],
    control: ['500103011014', '500103011017'],
  },
];

/** Issues that come back at one point after being closed: how often, and how many days after closing. */
export const RECURRING = [
  { id: 'R1', category: 'corridor_clutter', type: 'old_compound', index: 11, times: 6, within: [4, 9], from: '2026-05-06' },
  { id: 'R2', category: 'exposed_garbage', type: 'back_alley', index: 40, times: 7, within: [3, 8], from: '2026-06-10' },
  { id: 'R3', category: 'stall_occupying', type: 'shop_street', index: 20, times: 6, within: [2, 6], from: '2026-08-20' },
  { id: 'R4', category: 'illegal_posting_hanging', type: 'underpass', index: 3, times: 5, within: [5, 10], from: '2026-02-12' },
  { id: 'R5', category: 'facility_damage', type: 'public_toilet', index: 7, times: 5, within: [6, 12], from: '2026-03-18' },
  { id: 'R6', category: 'abandoned_vehicle', type: 'back_alley', index: 90, times: 4, within: [7, 13], from: '2026-01-15' },
];

/**
 * Issues recorded a little outside the street: where along the outline (share of its length), metres outside, and what
 * the rule of placing makes of them (up to 20 m: the nearest grid; farther: no grid).
 */
export const OUTSIDERS = [
  { at: 0.06, metres: 6, placement: 'snapped', category: 'exposed_garbage' },
  { at: 0.21, metres: 12, placement: 'snapped', category: 'facility_damage' },
  { at: 0.37, metres: 9, placement: 'snapped', category: 'illegal_parking' },
  { at: 0.63, metres: 15, placement: 'snapped', category: 'roaming_vendor' },
  { at: 0.12, metres: 38, placement: 'orphan', category: 'exposed_garbage' },
  { at: 0.46, metres: 64, placement: 'orphan', category: 'illegal_parking' },
  { at: 0.71, metres: 120, placement: 'orphan', category: 'facility_damage' },
  { at: 0.86, metres: 27, placement: 'orphan', category: 'spitting_littering' },
];

/** Number of grids that are calm on purpose: background only, in every category, all year. */
export const CALM_GRIDS = 5;
export const CALM_PER_COMMUNITY = 3;
