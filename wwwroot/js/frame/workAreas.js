// @ts-check
/**
 * The work areas of the rail (tabs on a phone), in its order, and who sees them. What fills them is said in main.js.
 * A new area is one row here, its texts in both dictionaries, and its builder there.
 */

/** @typedef {'worker' | 'handler' | 'supervisor' | 'planner' | 'admin' | 'auditor'} Role */

/**
 * @typedef {Readonly<{ id: string, icon: import('../symbols/symbol.js').IconName, text: import('../i18n/index.js').TextKey,
 *   roles: readonly Role[] | null, wide?: boolean }>} WorkArea
 * `roles` null: everybody; `wide`: on a desktop the panel takes more room than the map (tables, boards)
 */

/** @satisfies {readonly WorkArea[]} */
export const workAreas = /** @type {const} */ ([
  { id: 'mine', icon: 'mine', text: 'area_mine', roles: ['worker'] },
  { id: 'report', icon: 'report', text: 'area_report', roles: ['worker', 'supervisor'] },
  { id: 'inbox', icon: 'inbox', text: 'area_inbox', roles: ['handler'] },
  { id: 'board', icon: 'board', text: 'area_board', roles: ['supervisor'], wide: true },
  { id: 'situation', icon: 'situation', text: 'situation', roles: null },
  {
    id: 'ledger',
    icon: 'ledger',
    text: 'area_ledger',
    roles: ['handler', 'supervisor', 'planner', 'admin', 'auditor'],
    wide: true,
  },
  {
    id: 'bulletin',
    icon: 'bulletin',
    text: 'area_bulletin',
    roles: ['handler', 'supervisor', 'planner', 'admin', 'auditor'],
    wide: true,
  },
  {
    id: 'perimeters',
    icon: 'perimeters',
    text: 'area_perimeters',
    roles: ['supervisor', 'planner', 'admin', 'auditor'],
  },
  { id: 'ownership', icon: 'ownership', text: 'ownership', roles: null },
  { id: 'data', icon: 'data', text: 'data', roles: ['admin', 'planner'] },
  { id: 'admin', icon: 'admin', text: 'area_admin', roles: ['admin', 'auditor'], wide: true },
]);

/** @typedef {(typeof workAreas)[number]['id']} WorkAreaId */

/** Where each role's day starts; of several roles the first in this order decides. @type {readonly [Role, WorkAreaId][]} */
const homes = Object.freeze([
  ['worker', 'mine'],
  ['handler', 'inbox'],
  ['supervisor', 'board'],
  ['planner', 'perimeters'],
  ['admin', 'admin'],
  ['auditor', 'admin'],
]);

/** @param {readonly string[]} roles @returns {readonly WorkArea[]} */
export const areasFor = (roles) =>
  /** @type {readonly WorkArea[]} */ (workAreas).filter(
    (area) => area.roles === null || area.roles.some((role) => roles.includes(role)),
  );

/** @param {readonly string[]} roles @returns {WorkAreaId} */
export const homeFor = (roles) => homes.find(([role]) => roles.includes(role))?.[1] ?? 'situation';
