// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { state } from '../state.js';
import { densityQuery, hotspotsQuery, levelOf } from './question.js';

/** What the screen has loaded, each with what it was asked, and each asked once for the same question. */

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../api.js').Query} Query */
/** @typedef {{ level: string, from: string, to: string, measure: string }} Asked */

/** @typedef {import('../types.js').Features & { asked: Asked, breaks: number[], classes: { from: number, to: number, n: number }[], zeros: number, total: number, unplaced: number }} Density */
/** @typedef {import('../types.js').Features & { asked: Asked, n: number, statistic: string, tally: Record<string, number>, method?: { zh: string, en: string } }} Hotspots */
/** @typedef {import('../types.js').Features & { n: number, noise: number }} Clusters */
/** @typedef {{ code: string, name: string, parent: string | null, counts: number[] }} SeriesCell */
/** @typedef {{ asked: Asked, steps: { from: string, to: string }[], cells: SeriesCell[], breaks: number[], total: number[] }} Series */
/** @typedef {SeriesCell & { z: (number | null)[], hot: boolean[], mk: { s: number, variance: number, z: number | null, p: number | null, tau: number | null }, slope: number | null, class: string }} TrendCell */
/** @typedef {{ asked: Asked, weeks: { from: string, to: string }[], n: number, cells: TrendCell[], tally: Record<string, number> }} Trends */

export const density = /** @type {Loader<Density>} */ (new Loader());
/** The second period of a comparison. */
export const densityB = /** @type {Loader<Density>} */ (new Loader());
export const hotspots = /** @type {Loader<Hotspots>} */ (new Loader());
export const hotspotsB = /** @type {Loader<Hotspots>} */ (new Loader());
export const clusters = /** @type {Loader<Clusters>} */ (new Loader());
export const trends = /** @type {Loader<Trends>} */ (new Loader());
/** Steps of the time bar. */
export const series = /** @type {Loader<Series>} */ (new Loader());
/** Twelve weeks beside each row. */
export const weeks = /** @type {Loader<Series>} */ (new Loader());

/** @type {Map<Loader<any>, string>} */
const lastAsked = new Map();

/**
 * Asks unless that very question was asked last. What went wrong is asked again by `again`, not here.
 * @param {Loader<any>} loader @param {string} path @param {Query} query @param {{ fresh?: boolean, forget?: boolean }} [how]
 */
export function ask(loader, path, query, { fresh = false, forget = false } = {}) {
  const key = JSON.stringify([path, query]);
  if (!fresh && lastAsked.get(loader) === key) return;
  lastAsked.set(loader, key);
  const asked = {
    level: String(query.level ?? ''),
    from: String(query.from ?? ''),
    to: String(query.to ?? ''),
    measure: String(query.measure ?? ''),
  };
  void loader.load(async (signal) => ({ ...(await get(path, query, signal)), asked }), { forget });
}

/** Forgets the answer, as for another street. @param {Loader<any>} loader */
export function forget(loader) {
  lastAsked.delete(loader);
  loader.signal.set({ loading: false, data: null, problem: null });
}

/** Loads the two periods of a comparison, or the one of the map. @param {{ fresh?: boolean }} [how] */
export function loadCells(how) {
  const now = state();
  const compared = isCompared(now);
  const second = { from: now.vsFrom, to: now.vsTo };
  if (now.show === 'density') {
    if (levelOf(now) === 'none') return;
    ask(density, '/api/density', densityQuery(now), how);
    if (compared) ask(densityB, '/api/density', densityQuery(now, second), how);
  } else if (now.show === 'hotspots') {
    ask(hotspots, '/api/hotspots', hotspotsQuery(now), how);
    if (compared) ask(hotspotsB, '/api/hotspots', hotspotsQuery(now, second), how);
  }
}

/** Two periods are compared where both have days and the picture is one that can be compared. @param {import('../state.js').State} now */
export const isCompared = ({ show, vsFrom, vsTo, density: level }) =>
  vsFrom !== '' && vsTo !== '' && (show === 'hotspots' || (show === 'density' && level !== 'none'));

/** The bar of time is there for densities, one picture at a time. @param {import('../state.js').State} now */
export const hasTimeBar = (now) =>
  now.show === 'density' && now.step !== '' && levelOf(now) !== 'none' && !isCompared(now);
