// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state } from '../state.js';

/** Metres around the place within which points and issues are listed. */
export const radiusMetres = 50;

export const ownership = /** @type {Loader<import('../types.js').Ownership>} */ (new Loader());

/** Asks for the place in the state. */
export async function loadOwnership() {
  const { at, category } = state();
  if (!at) return;
  await ownership.load((signal) =>
    get('/api/ownership', { lon: at[0], lat: at[1], radius: radiusMetres, street: streetCode(), category }, signal),
  );
}
