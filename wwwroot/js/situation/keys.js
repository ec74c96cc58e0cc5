// @ts-check
/**
 * What the address says about the supervisor's screen. Every choice on it is one of these, so that a link shows to
 * another person what the first one saw.
 */

/** @typedef {'density' | 'hotspots' | 'clusters' | 'trends'} Show @typedef {'density' | 'hotspots'} Comparable */

/**
 * @typedef {Readonly<{
 *   show: Show, density: 'none' | 'grid' | 'community' | 'hex', size: number,
 *   measure: 'count' | 'per_km2' | 'per_point' | 'per_visit' | 'overdue_share', breaks: 'quantile' | 'equal' | 'natural',
 *   issueState: string, statistic: 'gi_star' | 'local_moran', weights: 'queen' | 'knn' | 'distance', k: number,
 *   band: number, river: boolean, eps: number, minPoints: number, weeks: number,
 *   step: '' | 'day' | 'week' | 'month', mode: 'found' | 'open', tick: string, vsFrom: string, vsTo: string,
 *   print: boolean, twin: 'points' | 'cells', cellSort: string, recurDays: number, recurMetres: number,
 *   treated: readonly string[], controls: readonly string[], beforeFrom: string, beforeTo: string
 * }>} SituationState
 */

/** @type {SituationState} */
export const situationDefaults = Object.freeze({
  show: 'density',
  density: 'grid',
  size: 100,
  measure: 'count',
  breaks: 'quantile',
  issueState: '',
  statistic: 'gi_star',
  weights: 'queen',
  k: 8,
  band: 200,
  river: false,
  eps: 40,
  minPoints: 8,
  weeks: 12,
  step: '',
  mode: 'found',
  tick: '',
  vsFrom: '',
  vsTo: '',
  print: false,
  twin: 'points',
  cellSort: '-value',
  recurDays: 30,
  recurMetres: 50,
  treated: Object.freeze([]),
  controls: Object.freeze([]),
  beforeFrom: '',
  beforeTo: '',
});

/** Name in the address, and the values allowed; a number is held within its bounds. @type {Record<string, { name: string, of?: readonly string[], min?: number, max?: number, day?: true, list?: true, flag?: true }>} */
const rules = {
  show: { name: 'show', of: ['density', 'hotspots', 'clusters', 'trends'] },
  density: { name: 'density', of: ['none', 'grid', 'community', 'hex'] },
  size: { name: 'size', min: 50, max: 2000 },
  measure: { name: 'measure', of: ['count', 'per_km2', 'per_point', 'per_visit', 'overdue_share'] },
  breaks: { name: 'breaks', of: ['quantile', 'equal', 'natural'] },
  issueState: { name: 'state' },
  statistic: { name: 'statistic', of: ['gi_star', 'local_moran'] },
  weights: { name: 'weights', of: ['queen', 'knn', 'distance'] },
  k: { name: 'k', min: 1, max: 64 },
  band: { name: 'band', min: 10, max: 5000 },
  river: { name: 'river', flag: true },
  eps: { name: 'eps', min: 5, max: 500 },
  minPoints: { name: 'min', min: 2, max: 100 },
  weeks: { name: 'weeks', min: 8, max: 104 },
  step: { name: 'step', of: ['', 'day', 'week', 'month'] },
  mode: { name: 'mode', of: ['found', 'open'] },
  tick: { name: 'tick', day: true },
  vsFrom: { name: 'vsfrom', day: true },
  vsTo: { name: 'vsto', day: true },
  print: { name: 'print', flag: true },
  twin: { name: 'twin', of: ['points', 'cells'] },
  cellSort: { name: 'csort' },
  recurDays: { name: 'rdays', min: 1, max: 365 },
  recurMetres: { name: 'rmetres', min: 1, max: 1000 },
  treated: { name: 'treated', list: true },
  controls: { name: 'controls', list: true },
  beforeFrom: { name: 'bfrom', day: true },
  beforeTo: { name: 'bto', day: true },
};

/** @param {Record<string, any>} state @param {(name: string, value: string, standard: string) => void} put */
export function encodeSituation(state, put) {
  for (const [key, { name }] of Object.entries(rules))
    put(name, textOf(state[key]), textOf(/** @type {any} */ (situationDefaults)[key]));
}

/** @param {any} value */
const textOf = (value) =>
  Array.isArray(value) ? value.join('.') : value === true ? '1' : value === false ? '' : String(value);

/** @param {URLSearchParams} given @returns {SituationState} */
export function decodeSituation(given) {
  /** @type {Record<string, any>} */
  const out = { ...situationDefaults };
  for (const [key, rule] of Object.entries(rules)) {
    const text = given.get(rule.name);
    if (text === null) continue;
    const value = valueOf(text, rule);
    if (value !== undefined) out[key] = value;
  }
  return /** @type {SituationState} */ (out);
}

/** @param {string} text @param {typeof rules[string]} rule @returns {any} undefined where the text says nothing sensible */
function valueOf(text, { of, min, max, day, list, flag }) {
  if (flag) return text === '1';
  if (list) return Object.freeze(text.split('.').filter(Boolean));
  if (day) return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
  if (min !== undefined && max !== undefined) {
    const n = Number(text);
    return Number.isInteger(n) && n >= min && n <= max ? n : undefined;
  }
  return of && !of.includes(text) ? undefined : text;
}
