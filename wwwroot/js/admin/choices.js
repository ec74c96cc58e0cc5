// @ts-check
import { ApiProblem } from '../api.js';
import { communities, grids } from '../areas/areas.js';
import { t, tCode } from '../i18n/index.js';
import { config, street, streetCode } from '../names.js';
import { nameOf } from '../i18n/index.js';
import { loadBodies } from '../ownership/bodies.js';

/** @typedef {import('../parts/form.js').Option} Option */

/** @type {import('../ownership/bodies.js').Body[]} */
let bodies = [];

/** Loads what the forms choose from. */
export async function loadChoices() {
  try {
    bodies = await loadBodies(streetCode());
  } catch (reason) {
    // The list itself says what is wrong; the forms then offer no body.
    if (!(reason instanceof ApiProblem)) throw reason;
    bodies = [];
  }
}

/** @param {string} code */
export const bodyName = (code) => bodies.find((each) => each.code === code)?.name ?? code;

/** @param {string} [none] text of the choice of none @returns {Option[]} */
export const bodyOptions = (none) => [
  ...(none ? [{ value: '', text: none }] : []),
  ...bodies.map(({ code, name }) => ({ value: code, text: name })),
];

/** The street as a whole, its communities and grids. @returns {Option[]} */
export const areaOptions = () => [
  { value: '', text: t('wholeStreetOf', { name: street()?.name ?? '' }) },
  ...(communities.data ?? []).map(({ properties: p }) => ({ value: p.code, text: p.name })),
  ...(grids.data ?? []).map(({ properties: p }) => ({ value: p.code, text: p.name })),
];

/** @returns {Option[]} */
export const roleOptions = () =>
  ['worker', 'handler', 'supervisor', 'planner', 'admin', 'auditor'].map((value) => ({
    value,
    text: tCode('role', value),
  }));

/** @param {string} [all] text of the choice of all @returns {Option[]} */
export const categoryOptions = (all) => [
  ...(all ? [{ value: '', text: all }] : []),
  ...config().issueCategories.map((each) => ({ value: each.code, text: nameOf(each) })),
];

/** @returns {Option[]} */
export const pointTypeOptions = () => config().pointTypes.map((each) => ({ value: each.code, text: nameOf(each) }));
