// @ts-check
/** What the address says about the planner's screen: every choice on it is one of these, so that each state is a link. */

/**
 * @typedef {Readonly<{
 *   pVerdicts: readonly string[], pCategories: readonly string[], pKinds: readonly string[], pRules: readonly string[],
 *   pZones: readonly string[], pOn: string, pq: string, pAt: readonly [number, number] | null, pCategory: string,
 *   pAllowed: boolean, pDraw: boolean, season: string, pSort: string
 * }>} PerimeterState
 */

/** @type {PerimeterState} */
export const perimeterDefaults = Object.freeze({
  pVerdicts: Object.freeze([]),
  pCategories: Object.freeze([]),
  pKinds: Object.freeze([]),
  pRules: Object.freeze([]),
  pZones: Object.freeze([]),
  pOn: '',
  pq: '',
  pAt: null,
  pCategory: '',
  pAllowed: false,
  pDraw: false,
  season: '',
  pSort: '',
});

/** Name in the address of each list. @type {readonly [keyof PerimeterState, string][]} */
const lists = Object.freeze([
  ['pVerdicts', 'verdict'],
  ['pCategories', 'shop'],
  ['pKinds', 'kind'],
  ['pRules', 'rule'],
  ['pZones', 'zone'],
]);

/** Codes may hold dots; a star is not to be found in them. */
const between = '*';

/** @param {Record<string, any>} state @param {(name: string, value: string, standard: string) => void} put */
export function encodePerimeters(state, put) {
  for (const [key, name] of lists) put(name, state[key].join(between), '');
  put('on', state.pOn, '');
  put('find', state.pq, '');
  put('place', state.pAt ? state.pAt.map((/** @type {number} */ n) => n.toFixed(7)).join(',') : '', '');
  put('trade', state.pCategory, '');
  put('allowed', state.pAllowed ? '1' : '', '');
  put('draw', state.pDraw ? '1' : '', '');
  put('season', state.season, '');
  put('psort', state.pSort, '');
}

/**
 * @param {URLSearchParams} given @param {(text: string | null) => [number, number] | null} pair
 * @param {(text: string | null) => string} day
 * @returns {PerimeterState}
 */
export function decodePerimeters(given, pair, day) {
  const text = (/** @type {string} */ name) => given.get(name) ?? '';
  const found = Object.fromEntries(
    lists.map(([key, name]) => [key, Object.freeze(text(name).split(between).filter(Boolean))]),
  );
  const season = text('season');
  return /** @type {PerimeterState} */ ({
    ...perimeterDefaults,
    ...found,
    pOn: day(given.get('on')),
    pq: text('find'),
    pAt: pair(given.get('place')),
    pCategory: text('trade'),
    pAllowed: text('allowed') === '1',
    pDraw: text('draw') === '1',
    season: /^\d{4}-(spring|autumn)$/.test(season) ? season : '',
    pSort: text('psort'),
  });
}

/** One key of several codes; a code may hold any sign. @param {...string} codes */
export const keyOf = (...codes) =>
  codes.map((code) => encodeURIComponent(code).replaceAll(between, '%2A')).join(between);

/** @param {string} key @returns {string[]} the codes that `keyOf` put together */
export function codesOf(key) {
  try {
    return key.split(between).map(decodeURIComponent);
  } catch {
    return [];
  }
}
