// @ts-check
import { get, getAll } from '../api.js';
import { caseQuery } from '../cases/filters.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state } from '../state.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Features} Features */

/** Collections that are loaded when their layer is first asked for. */
export const collections = {
  schools: /** @type {Loader<Feature[]>} */ (new Loader()),
  gates: /** @type {Loader<Feature[]>} */ (new Loader()),
  venues: /** @type {Loader<Feature[]>} */ (new Loader()),
  issues: /** @type {Loader<Feature[]>} */ (new Loader()),
  base: /** @type {Loader<Feature[]>} */ (new Loader()),
  unplaced: /** @type {Loader<Feature[]>} */ (new Loader()),
  coverage: /** @type {Loader<Feature[]>} */ (new Loader()),
};

/** @typedef {keyof typeof collections} Collection */

/** @param {string} path @param {Record<string, any>} query */
const features = (path, query) => async (/** @type {AbortSignal} */ signal) =>
  (await getAll(path, { street: streetCode(), ...query }, signal)).features;

/** The map shows what the ledger or the inbox lists; elsewhere all open issues. @param {import('../state.js').State} now */
function issuesOf(now) {
  if (now.area === 'ledger') return caseQuery(now, streetCode());
  return now.area === 'inbox' ? { open: true, mine: true } : { open: true };
}

/** @type {Record<Collection, (signal: AbortSignal) => Promise<Feature[]>>} */
const loads = {
  schools: features('/api/schools', {}),
  gates: features('/api/gates', {}),
  venues: features('/api/venues', {}),
  issues: (signal) => features('/api/issues', { ...issuesOf(state()), limit: 50000 })(signal),
  base: async (signal) => /** @type {Features} */ (await get('/api/base', { street: streetCode() }, signal)).features,
  coverage: async (signal) =>
    /** @type {Features} */ (await get('/api/coverage', { street: streetCode() }, signal)).features,
  unplaced: async (signal) => {
    const parts = await Promise.all(
      ['points', 'schools', 'venues', 'issues'].map(async (name) => {
        const found = await features(`/api/${name}`, {
          placement: 'orphan',
          ...(name === 'issues' ? { open: true } : {}),
        })(signal);
        return found.map((feature) => ({
          ...feature,
          properties: { ...feature.properties, kind_of: name.slice(0, -1) },
        }));
      }),
    );
    return parts.flat();
  },
};

/** Loads once for the street in view. @param {Collection} name @param {boolean} [fresh] */
export function ensure(name, fresh = false) {
  const { loading, data, problem } = collections[name].signal.value;
  if (!fresh && (loading || data || problem)) return;
  void collections[name].load(loads[name]);
}

export function forgetAll() {
  for (const loader of Object.values(collections)) loader.signal.set({ loading: false, data: null, problem: null });
}
