// @ts-check
import { workAreas } from './frame/workAreas.js';
import { decodePerimeters, encodePerimeters, perimeterDefaults } from './perimeters/keys.js';
import { decodeSituation, encodeSituation, situationDefaults } from './situation/keys.js';

/**
 * One frozen state for the whole page, mirrored to the address bar. Slices meet only here.
 * What a person decides makes a history entry (Back undoes it); moving the map replaces the current one;
 * `hover` and `sheet` are for the moment and never reach the address.
 */

/**
 * @typedef {Readonly<{
 *   area: import('./frame/workAreas.js').WorkAreaId, street: string, lang: 'zh-CN' | 'en',
 *   lon: number | null, lat: number | null, zoom: number | null,
 *   layers: readonly string[], types: readonly string[], placement: string, openOnly: boolean, within: string,
 *   category: string, from: string, to: string,
 *   at: readonly [number, number] | null, selected: string, table: boolean, sort: string, panel: boolean,
 *   section: string, states: readonly string[], body: string, overdue: '' | 'true' | 'false', life: '' | 'open' | 'closed',
 *   q: string, asOf: string, letter: string,
 *   due: '' | 'overdue' | 'today' | 'upcoming' | 'done', shift: '' | 'day' | 'night' | 'school_peak',
 *   tab: 'coverage' | 'unplaced' | 'import', hover: string, sheet: 'peek' | 'half' | 'full'
 * }> & import('./situation/keys.js').SituationState & import('./perimeters/keys.js').PerimeterState} State
 */

/** @type {State} */
export const defaults = Object.freeze({
  area: 'situation',
  street: '',
  lang: 'zh-CN',
  lon: null,
  lat: null,
  zoom: null,
  layers: Object.freeze(['base', 'communities', 'grids', 'points', 'orphans']),
  types: Object.freeze([]),
  placement: '',
  openOnly: false,
  within: '',
  ...situationDefaults,
  ...perimeterDefaults,
  category: '',
  from: '',
  to: '',
  at: null,
  selected: '',
  table: false,
  sort: 'name',
  panel: true,
  section: '',
  states: Object.freeze([]),
  body: '',
  overdue: '',
  life: '',
  q: '',
  asOf: '',
  letter: '',
  due: '',
  shift: '',
  tab: 'coverage',
  hover: '',
  sheet: 'half',
});

const areas = workAreas.map(({ id }) => id);

/** What a bare address opens; known when somebody has signed in. @type {State['area']} */
let home = defaults.area;
const knownLayers = ['base', 'communities', 'grids', 'points', 'schools', 'venues', 'issues', 'orphans', 'coverage'];
const languageKey = 'geocivic.lang';

/** @param {State} state @returns {string} query string without the question mark */
export function encode(state) {
  const out = new URLSearchParams();
  /** @param {string} name @param {string} value @param {string} standard */
  const put = (name, value, standard) => {
    if (value !== standard) out.set(name, value);
  };
  // Where the home is elsewhere, a bare address would not come back to the situation.
  put('area', state.area, home === defaults.area ? defaults.area : '');
  put('street', state.street, '');
  put('lang', state.lang, defaults.lang);
  if (state.lon !== null && state.lat !== null) put('c', `${state.lon.toFixed(5)},${state.lat.toFixed(5)}`, '');
  if (state.zoom !== null) put('z', String(state.zoom), '');
  put('layers', state.layers.join('.'), defaults.layers.join('.'));
  put('types', state.types.join('.'), '');
  put('placement', state.placement, '');
  put('open', state.openOnly ? '1' : '', '');
  put('within', state.within, '');
  encodeSituation(state, put);
  encodePerimeters(state, put);
  put('category', state.category, '');
  put('from', state.from, '');
  put('to', state.to, '');
  if (state.at) put('at', state.at.map((n) => n.toFixed(7)).join(','), '');
  put('sel', state.selected, '');
  put('table', state.table ? '1' : '', '');
  put('sort', state.sort, defaults.sort);
  put('panel', state.panel ? '' : '0', '');
  put('section', state.section, '');
  put('states', state.states.join('.'), '');
  put('body', state.body, '');
  put('overdue', state.overdue, '');
  put('life', state.life, '');
  put('q', state.q, '');
  put('asof', state.asOf, '');
  put('letter', state.letter, '');
  put('due', state.due, '');
  put('shift', state.shift, '');
  put('tab', state.tab, defaults.tab);
  return out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/** @template {string} T @param {string | null} value @param {readonly T[]} allowed @param {T} standard @returns {T} */
const oneOf = (value, allowed, standard) => allowed.find((each) => each === value) ?? standard;

/** @param {string | null} text @returns {[number, number] | null} */
function pair(text) {
  const parts = (text ?? '').split(',');
  const [lon, lat] = parts.map(Number);
  const ok =
    parts.length === 2 && parts.every((part) => part.trim() !== '') && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return ok ? [lon, lat] : null;
}

/** @param {string | null} text */
const day = (text) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '');

/** An address that asks for nothing but the page. @param {URLSearchParams} given */
const isBare = (given) => [...given.keys()].every((key) => key === 'lang' || key === 'street');

/** @param {string} query @param {string | null} [language] remembered language @returns {State} */
export function decode(query, language = null) {
  const given = new URLSearchParams(query);
  const text = (/** @type {string} */ name) => given.get(name) ?? '';
  const list = (/** @type {string} */ name) => text(name).split('.').filter(Boolean);
  const centre = pair(given.get('c'));
  const zoom = Number(given.get('z') ?? Number.NaN);
  return Object.freeze({
    ...defaults,
    area: oneOf(given.get('area'), areas, isBare(given) ? home : defaults.area),
    street: text('street'),
    lang: /** @type {State['lang']} */ (oneOf(given.get('lang') ?? language, ['zh-CN', 'en'], 'zh-CN')),
    lon: centre ? centre[0] : null,
    lat: centre ? centre[1] : null,
    zoom: Number.isFinite(zoom) && zoom >= 3 && zoom <= 20 ? zoom : null,
    layers: given.has('layers') ? knownLayers.filter((each) => list('layers').includes(each)) : defaults.layers,
    types: Object.freeze(list('types')),
    placement: oneOf(given.get('placement'), ['', 'inside', 'snapped', 'orphan'], ''),
    openOnly: text('open') === '1',
    within: text('within'),
    ...decodeSituation(given),
    ...decodePerimeters(given, pair, day),
    category: text('category'),
    from: day(given.get('from')),
    to: day(given.get('to')),
    at: pair(given.get('at')),
    // Letters and ledgers link to an issue in this short form.
    selected: text('sel') || (given.has('issue') ? `issue:${text('issue')}` : ''),
    table: text('table') === '1',
    sort: text('sort') || defaults.sort,
    panel: text('panel') !== '0',
    section: text('section'),
    states: Object.freeze(list('states')),
    body: text('body'),
    overdue: /** @type {State['overdue']} */ (oneOf(given.get('overdue'), ['', 'true', 'false'], '')),
    life: /** @type {State['life']} */ (oneOf(given.get('life'), ['', 'open', 'closed'], '')),
    q: text('q'),
    asOf: day(given.get('asof')),
    letter: text('letter'),
    due: /** @type {State['due']} */ (oneOf(text('due'), ['', 'overdue', 'today', 'upcoming', 'done'], '')),
    shift: /** @type {State['shift']} */ (oneOf(text('shift'), ['', 'day', 'night', 'school_peak'], '')),
    tab: /** @type {State['tab']} */ (oneOf(given.get('tab'), ['coverage', 'unplaced', 'import'], 'coverage')),
  });
}

/** @type {State} */
let current = defaults;
/** @type {{ keys: readonly (keyof State)[], run: (state: State, changed: Set<string>) => void }[]} */
const listeners = [];

/** @returns {State} */
export const state = () => current;

/** @param {readonly (keyof State)[]} keys @param {(state: State, changed: Set<string>) => void} run called after any of the keys changed */
export function subscribe(keys, run) {
  listeners.push({ keys, run });
}

/** @param {State} next */
function publish(next) {
  const before = /** @type {Record<string, any>} */ (current);
  const after = /** @type {Record<string, any>} */ (next);
  const changed = new Set(Object.keys(after).filter((key) => !same(before[key], after[key])));
  if (changed.size === 0) return;
  current = next;
  for (const { keys, run } of [...listeners]) {
    if (keys.some((key) => changed.has(key))) run(current, changed);
  }
}

/** @param {any} a @param {any} b */
const same = (a, b) =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]));

/** @param {Partial<State>} patch @param {{ replace?: boolean }} [how] */
export function set(patch, { replace = false } = {}) {
  const next = Object.freeze({ ...current, ...patch });
  const was = encode(current);
  const will = encode(next);
  if (was !== will) {
    const url = will ? `?${will}` : location.pathname;
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
  }
  if (patch.lang && patch.lang !== current.lang) remember(patch.lang);
  publish(next);
}

/** @param {string} language */
function remember(language) {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // Storage may be switched off; the address still carries the language.
  }
}

/** Reads the address once and then follows Back and Forward. */
export function start() {
  let language = null;
  try {
    language = localStorage.getItem(languageKey);
  } catch {
    // see remember
  }
  current = decode(location.search, language);
  addEventListener('popstate', () => {
    publish(Object.freeze({ ...decode(location.search, current.lang), sheet: current.sheet }));
  });
}

/**
 * Sets where a bare address leads for whoever signed in; an area that is not theirs leads there too.
 * @param {State['area']} area @param {readonly string[]} allowed
 */
export function land(area, allowed) {
  home = area;
  const wanted = decode(location.search, current.lang).area;
  const next = Object.freeze({ ...current, area: allowed.includes(wanted) ? wanted : area });
  const query = encode(next);
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
  publish(next);
}

/** @param {readonly string[]} list @param {string} item @returns {readonly string[]} the list with the item in or out */
export const toggled = (list, item) =>
  Object.freeze(list.includes(item) ? list.filter((x) => x !== item) : [...list, item]);
