// @ts-check
import { nameOf, t } from './i18n/index.js';
import { Signal } from './loaded.js';
import { state } from './state.js';

/** What codes are called. Filled by main.js; every slice may read it. */

/** @typedef {import('./types.js').Config} Config @typedef {import('./types.js').Feature} Feature */

/** @type {Config} */
let known = {
  version: '',
  today: '',
  baseMap: null,
  reviewNumber: null,
  streets: [],
  pointTypes: [],
  issueCategories: [],
  venueCategories: [],
};
/** @type {Map<string, Feature>} */
const areas = new Map();

/** How many areas have names by now; what was drawn with codes before is drawn again. */
export const areasNamed = new Signal(0);
/** @type {Map<string, import('./types.js').PointType>} */
let types = new Map();
/** @type {Map<string, import('./types.js').IssueCategory>} */
let categories = new Map();

/** @param {Config} config */
export function setConfig(config) {
  known = config;
  types = new Map(config.pointTypes.map((type) => [type.code, type]));
  categories = new Map(config.issueCategories.map((category) => [category.code, category]));
}

export const config = () => known;

/** @returns {import('./types.js').Street | null} the street in view; unless one is asked for, the first with points */
export const street = () =>
  known.streets.find((each) => each.code === state().street) ??
  known.streets.find((each) => each.points > 0) ??
  known.streets[0] ??
  null;

export const streetCode = () => street()?.code ?? '';

/** @param {Feature[]} features areas of one level of the street in view */
export function addAreas(features) {
  for (const feature of features) areas.set(feature.properties.code, feature);
  areasNamed.set(areas.size);
}

export const forgetAreas = () => areas.clear();

/** @param {string | null | undefined} code */
export const area = (code) => (code ? areas.get(code) : undefined);

/** @param {string | null | undefined} code */
export const areaName = (code) =>
  code ? (areas.get(code)?.properties.name ?? known.streets.find((each) => each.code === code)?.name ?? code) : '';

/** @param {string | null | undefined} code a grid's name without the community's in front of it, for narrow places */
export function gridShort(code) {
  const feature = area(code);
  if (!feature) return code ?? '';
  const { name, parent } = feature.properties;
  const community = areaName(parent);
  return name.startsWith(community) && name.length > community.length ? name.slice(community.length) : name;
}

/** @param {string} code */
export const typeName = (code) => nameOf(types.get(code), code);

/** @param {string} code */
export const symbolOf = (code) => types.get(code)?.symbol ?? 'other';

/** @param {string} code */
export const categoryName = (code) => nameOf(categories.get(code), code);

/** @param {string} code */
export const venueCategoryName = (code) =>
  nameOf(
    known.venueCategories.find((each) => each.code === code),
    code,
  );

/** @param {Record<string, any>} properties of a placed record */
export function placementText({ placement }) {
  if (placement === 'inside') return t('inside');
  return placement === 'snapped' ? t('snapped') : t('orphan');
}
