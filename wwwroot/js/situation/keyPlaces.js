// @ts-check
import { get, send } from '../api.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { holds } from '../session/session.js';

/** Key places (重点部位) of the street: places with a name that are watched. */

/** @typedef {import('../types.js').Feature} Feature */

export const keyPlaces = /** @type {Loader<Feature[]>} */ (new Loader());

export const loadKeyPlaces = () =>
  keyPlaces.load(async (signal) => {
    const { features } = /** @type {import('../types.js').Features} */ (
      await get('/api/key-places', { street: streetCode() }, signal)
    );
    return features;
  });

/** Only supervisors and administrators name key places. */
export const mayNamePlaces = () => holds('supervisor') || holds('admin');

/** @param {Record<string, unknown>} body */
export async function addKeyPlace(body) {
  await send('POST', '/api/key-places', { street: streetCode(), ...body });
  await loadKeyPlaces();
}

/** @param {string} id @param {number} revision @param {Record<string, unknown>} body */
export async function changeKeyPlace(id, revision, body) {
  await send('PATCH', `/api/key-places/${encodeURIComponent(id)}`, body, { revision });
  await loadKeyPlaces();
}

/** @param {string} id @param {number} revision */
export async function dropKeyPlace(id, revision) {
  await send('DELETE', `/api/key-places/${encodeURIComponent(id)}`, undefined, { revision });
  await loadKeyPlaces();
}

/** @param {Feature} feature */
export const placeId = ({ id, properties }) => String(properties.id ?? id);
