// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { addAreas, forgetAreas, streetCode } from '../names.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Features} Features */

export const communities = /** @type {Loader<Feature[]>} */ (new Loader());
export const grids = /** @type {Loader<Feature[]>} */ (new Loader());

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
