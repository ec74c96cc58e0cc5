// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { addAreas, forgetAreas, streetCode } from '../names.js';
import { state } from '../state.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Features} Features @typedef {import('../types.js').Density} Density */

export const communities = /** @type {Loader<Feature[]>} */ (new Loader());
export const grids = /** @type {Loader<Feature[]>} */ (new Loader());
export const density = /** @type {Loader<Density>} */ (new Loader());

export async function loadAreas() {
  forgetAreas();
  const street = streetCode();
  const level = async (/** @type {string} */ name, /** @type {AbortSignal} */ signal) => {
    const { features } = /** @type {Features} */ (await get('/api/areas', { level: name, street }, signal));
    addAreas(features);
    return features;
  };
  await Promise.all([
    communities.load((signal) => level('community', signal), { forget: true }),
    grids.load((signal) => level('grid', signal), { forget: true }),
  ]);
}

/** The choropleth asked for by the state. The old one stays until the new one is there. */
export async function loadDensity() {
  const { density: level, measure, category, from, to } = state();
  if (level === 'none' || (from && to && from > to)) return;
  await density.load((signal) =>
    get(
      '/api/density',
      { level, measure, category, from, to, street: streetCode(), state: 'open', geometry: false },
      signal,
    ),
  );
}
