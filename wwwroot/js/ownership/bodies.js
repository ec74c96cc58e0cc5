// @ts-check
import { get } from '../api.js';

/** @typedef {{ code: string, name: string, kind?: string, street?: string }} Body */

/** @type {Map<string, Promise<Body[]>>} */
const known = new Map();

/** The responsible bodies of a street, asked for once. @param {string} street @returns {Promise<Body[]>} */
export function loadBodies(street) {
  let asked = known.get(street);
  if (!asked) {
    asked = get('/api/bodies', { street }).then((answer) => /** @type {any} */ (answer).bodies ?? []);
    // A failure is not remembered; the next form asks again.
    asked.catch(() => known.delete(street));
    known.set(street, asked);
  }
  return asked;
}

/** After bodies were changed. */
export const forgetBodies = () => known.clear();
