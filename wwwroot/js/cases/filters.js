// @ts-check
/**
 * Which issues are meant: the ledger, its files, the map's layer and the board's numbers all ask with this one query, so
 * that the same filter shows the same number everywhere.
 */

/** @typedef {import('../state.js').State} State */

/** The parts of the state that choose issues. @type {readonly (keyof State)[]} */
export const caseKeys = Object.freeze([
  'street',
  'states',
  'category',
  'body',
  'overdue',
  'life',
  'within',
  'from',
  'to',
  'q',
]);

/** What takes all of them off. */
export const noCaseFilters = Object.freeze({
  states: Object.freeze(/** @type {string[]} */ ([])),
  category: '',
  body: '',
  overdue: /** @type {const} */ (''),
  life: /** @type {const} */ (''),
  within: '',
  from: '',
  to: '',
  q: '',
});

/** @typedef {'states' | 'category' | 'body' | 'overdue' | 'life'} Facet */

/** The parts that are counted option by option; the counts are under all the others. @type {readonly Facet[]} */
export const facets = Object.freeze(['states', 'category', 'body', 'overdue', 'life']);

/** @param {State} state @param {string} street @param {readonly string[]} [without] @returns {import('../api.js').Query} */
export function caseQuery(state, street, without = []) {
  const on = (/** @type {string} */ name) => !without.includes(name);
  const [level, code] = state.within.split(':');
  return {
    street,
    state: on('states') ? state.states.join(',') : '',
    category: on('category') ? state.category : '',
    body: on('body') ? state.body : '',
    overdue: on('overdue') ? state.overdue : '',
    open: on('life') && state.life ? state.life === 'open' : '',
    community: level === 'community' ? code : '',
    grid: level === 'grid' ? code : '',
    from: state.from,
    to: state.to,
    q: state.q,
  };
}

/** @param {State} state @returns {number} filters that are on */
export const caseFilterCount = (state) =>
  state.states.length +
  [state.category, state.body, state.overdue, state.life, state.within, state.from, state.to, state.q].filter(Boolean)
    .length;

/** @typedef {{ state: string, category: string, body: string | null, body_name: string | null, open: boolean, overdue: boolean, n: number }} CountRow */

/**
 * Whether a row of counts passes the filters, one of them aside.
 * @param {CountRow} row @param {State} state @param {string} [aside]
 */
export const passes = (row, state, aside = '') =>
  (aside === 'states' || state.states.length === 0 || state.states.includes(row.state)) &&
  (aside === 'category' || !state.category || row.category === state.category) &&
  (aside === 'body' || !state.body || row.body === state.body) &&
  (aside === 'overdue' || !state.overdue || String(row.overdue) === state.overdue) &&
  (aside === 'life' || !state.life || row.open === (state.life === 'open'));

/**
 * Counts by one facet under all the other filters.
 * @param {readonly CountRow[]} rows @param {State} state @param {Facet} facet
 * @returns {Map<string, number>}
 */
export function tally(rows, state, facet) {
  /** @type {Record<string, (row: CountRow) => string>} */
  const key = {
    states: (row) => row.state,
    category: (row) => row.category,
    body: (row) => row.body ?? '',
    overdue: (row) => String(row.overdue),
    life: (row) => (row.open ? 'open' : 'closed'),
  };
  const counts = new Map();
  for (const row of rows) {
    if (!passes(row, state, facet)) continue;
    const value = key[facet](row);
    counts.set(value, (counts.get(value) ?? 0) + row.n);
  }
  return counts;
}
