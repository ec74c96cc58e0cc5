// @ts-check
import { getAll } from '../api.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../state.js').State} State */

/** All points of the street in view. Filtering is done here so that map and table always show the same set. */
export const points = /** @type {Loader<Feature[]>} */ (new Loader());

export function loadPoints() {
  return points.load(
    async (signal) => (await getAll('/api/points', { street: streetCode(), limit: 50000 }, signal)).features,
    { forget: true },
  );
}

/** The filters that a person can set, each on its own. @type {Readonly<Record<string, (properties: any, state: State) => boolean>>} */
const tests = Object.freeze({
  types: ({ type }, { types }) => types.length === 0 || types.includes(type),
  placement: (properties, { placement }) => placement === '' || properties.placement === placement,
  openOnly: ({ open_issues: open }, { openOnly }) => !openOnly || open > 0,
  within: ({ grid, community }, { within }) => {
    if (!within) return true;
    const [level, code] = within.split(':');
    return (level === 'grid' ? grid : community) === code;
  },
});

/** @param {State} state @param {string} [but] a filter to leave out, for the counts beside its own options @returns {Feature[]} */
export function filteredPoints(state, but = '') {
  const active = Object.entries(tests)
    .filter(([name]) => name !== but)
    .map(([, test]) => test);
  return (points.data ?? []).filter(({ properties }) => active.every((test) => test(properties, state)));
}

/** @param {State} state */
export const filterCount = ({ types, placement, openOnly, within }) =>
  types.length + (placement ? 1 : 0) + (openOnly ? 1 : 0) + (within ? 1 : 0);

/** Keys of the state that decide what is shown. @type {readonly (keyof State)[]} */
export const filterKeys = Object.freeze(['types', 'placement', 'openOnly', 'within']);

/** @type {Partial<State>} */
export const noFilters = Object.freeze({ types: Object.freeze([]), placement: '', openOnly: false, within: '' });
