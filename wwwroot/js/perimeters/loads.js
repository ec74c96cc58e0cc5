// @ts-check
import { get, getAll } from '../api.js';
import { Loader, Signal } from '../loaded.js';
import { streetCode } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { pending } from './verdicts.js';

/** What the planner's screen has loaded: each thing when it is looked at, and once for the same question. */

/** @typedef {import('../types.js').Features} Features @typedef {import('../types.js').Feature} Feature */
/** @typedef {import('../api.js').Query} Query @typedef {import('./types.js').Row} Row */

/** Campus, gates and notes of every school that the street sees. */
export const schools = /** @type {Loader<Features>} */ (new Loader());
export const summary = /** @type {Loader<import('./types.js').Summary>} */ (new Loader());
/** School × venue × rule; without the compliant unless they are asked for. */
export const compliance = /** @type {Loader<import('./types.js').Compliance>} */ (new Loader());
export const book = /** @type {Loader<import('./types.js').RuleBook>} */ (new Loader());
/** Dissolved zones by rule. */
export const zones = new Signal(/** @type {ReadonlyMap<string, Loader<Features>>} */ (new Map()));

/** Rows asked for at a time, and at most. */
const pageRows = 1000;
export const mostRows = 20000;

/** Told after something was saved: whoever shows old figures asks again. */
export const perimetersChanged = new Signal(0);

/** @type {Map<Loader<any>, string>} */
const lastAsked = new Map();

/**
 * Asks unless that very question was asked last.
 * @template T
 * @param {Loader<T>} loader @param {string} path @param {Query} query @param {(signal: AbortSignal) => Promise<T>} [run]
 */
export function askOnce(loader, path, query, run = (signal) => get(path, query, signal)) {
  const key = JSON.stringify([path, query]);
  const before = lastAsked.get(loader);
  if (before === key) return;
  lastAsked.set(loader, key);
  void loader.load(run);
}

/** @param {Loader<any>} loader */
export function forget(loader) {
  lastAsked.delete(loader);
  loader.signal.set({ loading: false, data: null, problem: null });
}

export const isOpen = () => state().area === 'perimeters';

/** The street in view and the day asked about. @returns {Query} */
export const base = () => ({ street: streetCode(), on: state().pOn });

/** All pages of rows, up to a limit that keeps the page quick. @param {Query} query @param {AbortSignal} signal */
export async function allRows(query, signal) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {any} */
  let page = { next: null };
  do {
    page = await get('/api/perimeters/compliance', { ...query, limit: pageRows, cursor: page.next }, signal);
    for (const row of page.rows) rows.push(row);
  } while (page.next && rows.length < mostRows);
  return { ...page, rows, more: Boolean(page.next) };
}

/** Whether the compliant are among the rows. */
export const withCompliant = () => state().pVerdicts.includes('compliant');

export function loadOverview() {
  if (!isOpen()) return;
  const asked = { ...base(), zones: false };
  askOnce(schools, '/api/perimeters', asked, (signal) => getAll('/api/perimeters', asked, signal));
  askOnce(summary, '/api/perimeters/summary', base());
  askOnce(book, '/api/perimeters/rules', base());
  const query = { ...base(), verdict: withCompliant() ? '' : pending.join(',') };
  askOnce(compliance, '/api/perimeters/compliance', query, (signal) => allRows(query, signal));
}

/** What the address says instead of a rule when no zone is wanted. */
export const noZones = 'none';

/** Whether the map shows stalls instead of venues. */
export const stallsOpen = () => isOpen() && state().section === 'events' && state().selected === '';

/** Rules whose zones are drawn: those chosen, else the widest around walls of what the map shows, which most of the others lie in. @returns {string[]} */
export function shownZones() {
  const { pZones } = state();
  if (pZones.length) return pZones.filter((rule) => rule !== noZones);
  const widest = (book.data?.rules ?? [])
    .filter(({ from, how }) => from === 'campus_boundary' && how === 'straight')
    .filter(({ issue_categories: stalls }) => !stallsOpen() || stalls?.length)
    .sort((a, b) => b.metres - a.metres)[0];
  return widest ? [widest.id] : [];
}

/** @param {string} rule its zone in or out */
export function toggleZone(rule) {
  const shown = shownZones();
  const next = shown.includes(rule) ? shown.filter((each) => each !== rule) : [...shown, rule];
  set({ pZones: next.length ? next : [noZones] });
}

/** Loads the zones of the rules that are switched on; those of others are let go. */
export function loadZones() {
  if (!isOpen()) return;
  const kept = new Map(
    shownZones().map((rule) => {
      const loader = zones.value.get(rule) ?? /** @type {Loader<Features>} */ (new Loader());
      if (!zones.value.has(rule)) loader.signal.subscribe(() => zones.set(zones.value));
      return [rule, loader];
    }),
  );
  zones.set(kept);
  for (const [rule, loader] of kept)
    askOnce(loader, '/api/perimeters', { ...base(), rule, zones: true, dissolve: true });
}

/** After a change at the service: everything is asked again, the old picture stays until then. */
export function reloadPerimeters() {
  lastAsked.clear();
  loadOverview();
  loadZones();
  perimetersChanged.set(perimetersChanged.value + 1);
}

/** Follows the state; the first load comes from the page, with everything else of the street. */
export function followPerimeters() {
  subscribe(['street'], () => {
    for (const loader of [schools, summary, compliance, book, ...zones.value.values()]) forget(loader);
  });
  subscribe(['area', 'street', 'pOn', 'pVerdicts'], loadOverview);
  subscribe(['area', 'street', 'pOn', 'pZones', 'section', 'selected'], loadZones);
  book.signal.subscribe(({ loading }) => {
    if (!loading) loadZones();
  });
}

/** @param {string} street @param {string} code @returns {Feature | undefined} */
export const schoolFeature = (street, code) =>
  schools.data?.features.find(({ properties }) => properties.code === code && properties.street === street);
