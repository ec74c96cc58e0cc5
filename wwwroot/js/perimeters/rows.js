// @ts-check
import { state } from '../state.js';
import { keyOf } from './keys.js';
import { rank, verdicts } from './verdicts.js';

/** Rows of the service (school × venue × rule) as pairs (school × venue), filtered and counted as the chips say. */

/** @typedef {import('./types.js').Row} Row @typedef {import('./types.js').Pair} Pair @typedef {import('./types.js').Tally} Tally */
/** @typedef {'pVerdicts' | 'pCategories' | 'pKinds' | 'pRules' | 'pq'} Facet */

/** @type {readonly Facet[]} */
export const facets = Object.freeze(['pVerdicts', 'pCategories', 'pKinds', 'pRules', 'pq']);

/** @param {Row} row */
export const schoolKey = (row) => keyOf(row.school_street, row.school);
/** @param {Row} row */
export const venueKey = (row) => keyOf(row.street, row.venue);
/** @param {Row} row */
export const pairKey = (row) => keyOf(row.school_street, row.school, row.street, row.venue);

/** The worst rule first; of equals the one whose limit is broken by most. @param {Row} a @param {Row} b */
export const byWeight = (a, b) =>
  rank(a.verdict) - rank(b.verdict) ||
  (a.measured_m ?? Infinity) - a.limit_m - ((b.measured_m ?? Infinity) - b.limit_m) ||
  (a.rule < b.rule ? -1 : 1);

/** @param {readonly Row[]} rows @returns {Pair[]} */
export function pairsOf(rows) {
  /** @type {Map<string, Row[]>} */
  const found = new Map();
  for (const row of rows) {
    const key = pairKey(row);
    const group = found.get(key);
    if (group) group.push(row);
    else found.set(key, [row]);
  }
  return [...found].map(([key, group]) => {
    const sorted = [...group].sort(byWeight);
    const [worst] = sorted;
    return { key, school: schoolKey(worst), venue: venueKey(worst), worst, rows: sorted };
  });
}

/**
 * The pairs that the filters leave. A rule chosen means its row, not the pair's worst.
 * @param {readonly Row[]} rows @param {Facet | ''} [except] a facet left out, to count its options
 */
export function filteredPairs(rows, except = '') {
  const now = state();
  const wants = (/** @type {Facet} */ facet) => facet !== except && now[facet].length > 0;
  const q = wants('pq') ? now.pq.trim().toLowerCase() : '';
  const left = rows.filter(
    (row) =>
      (!wants('pCategories') || now.pCategories.includes(row.category)) &&
      (!wants('pKinds') || now.pKinds.includes(row.school_kind)) &&
      (!wants('pRules') || now.pRules.includes(row.rule)) &&
      (!q || [row.school_name, row.school, row.venue_name, row.venue].some((text) => text?.toLowerCase().includes(q))),
  );
  const pairs = pairsOf(left);
  return wants('pVerdicts') ? pairs.filter(({ worst }) => now.pVerdicts.includes(worst.verdict)) : pairs;
}

/** @param {readonly Pair[]} pairs @returns {Tally} */
export function tallyOf(pairs) {
  /** @type {Tally} */
  const tally = {};
  for (const { worst } of pairs) tally[worst.verdict] = (tally[worst.verdict] ?? 0) + 1;
  return tally;
}

/** @template K @param {readonly Pair[]} pairs @param {(pair: Pair) => readonly K[]} of @returns {Map<K, number>} */
export function countBy(pairs, of) {
  /** @type {Map<K, number>} */
  const counts = new Map();
  for (const pair of pairs) for (const key of new Set(of(pair))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** @param {Tally} tally */
export const worstIn = (tally) => verdicts.find((verdict) => tally[verdict]) ?? null;

/** What may be sorted by; the state names the key, with a minus for downwards. @type {Record<string, (pair: Pair) => string | number>} */
export const sortKeys = {
  verdict: ({ worst }) => rank(worst.verdict),
  school: ({ worst }) => worst.school_name,
  venue: ({ worst }) => worst.venue_name,
  category: ({ worst }) => worst.category_name,
  straight: ({ worst }) => worst.straight_m ?? Infinity,
  gate: ({ worst }) => worst.gate_m ?? Infinity,
  walking: ({ worst }) => worst.walking_m ?? Infinity,
  limit: ({ worst }) => worst.limit_m,
};

/** @param {readonly Pair[]} pairs @param {string} sort */
export function sortedPairs(pairs, sort) {
  const down = sort.startsWith('-');
  const value = sortKeys[sort.replace(/^-/, '')] ?? sortKeys.verdict;
  const compare = new Intl.Collator(state().lang === 'en' ? 'en' : 'zh-CN', { numeric: true }).compare;
  return [...pairs].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    const order =
      typeof x === 'number' && typeof y === 'number' ? (x === y ? 0 : x - y) : compare(String(x), String(y));
    return (down ? -order : order) || byWeight(a.worst, b.worst) || (a.key < b.key ? -1 : 1);
  });
}
