// @ts-check
import { state } from '../state.js';
import { keyOf } from './keys.js';

/** @typedef {import('../types.js').Found} Found @typedef {import('../state.js').State} State */

/** Asks whether something may open at a place. @param {readonly [number, number]} place @returns {Partial<State>} */
export const askHere = (place) => ({
  area: 'perimeters',
  section: 'check',
  selected: '',
  pAt: place,
  panel: true,
  sheet: state().sheet === 'peek' ? 'half' : state().sheet,
});

/**
 * What finding something means on the planner's screen: a place to ask about, or a school's surroundings. Elsewhere, and for
 * what has no place here, null.
 * @param {Found} found @returns {Partial<State> | null}
 */
export function foundHere(found) {
  const { area, section } = state();
  if (area !== 'perimeters') return null;
  if (section === 'check' && state().selected === '') return askHere([found.lon, found.lat]);
  if (found.kind !== 'school') return null;
  return { selected: `perimeter:${keyOf(found.street, found.code)}`, panel: true, sheet: 'half' };
}
