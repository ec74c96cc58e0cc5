// @ts-check
import * as Leaflet from 'leaflet';
import { h } from '../dom.js';

/** Geoman, with which shapes are drawn on the map; it is fetched when somebody draws. */

/** @type {Promise<any> | null} */
let fetched = null;

/** @returns {Promise<any>} Geoman's own root (`L.PM`) */
export function geoman() {
  fetched ??= fetchGeoman().catch((reason) => {
    fetched = null;
    throw reason;
  });
  return fetched;
}

async function fetchGeoman() {
  // Geoman finds Leaflet under the global name L and hangs its own root on it. A module's namespace is sealed, so it gets
  // an object of its own that holds the same classes; what it adds to their prototypes is there for the page's map.
  const given = /** @type {any} */ (globalThis);
  given.L ??= { ...Leaflet };
  const style = h('link', { rel: 'stylesheet', href: '/lib/geoman/dist/leaflet-geoman.css' });
  const styled = new Promise((resolve, reject) => {
    style.addEventListener('load', resolve);
    style.addEventListener('error', () => reject(new TypeError('leaflet-geoman.css')));
  });
  document.head.append(style);
  await Promise.all([styled, import('@geoman-io/leaflet-geoman-free')]);
  const { PM } = given.L;
  // Only what is handed to it can be edited; every other layer of the page stays as it is.
  PM.setOptIn(true);
  return PM;
}
