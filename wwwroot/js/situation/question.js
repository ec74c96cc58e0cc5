// @ts-check
import { t, tCode } from '../i18n/index.js';
import { categoryName, config, street, streetCode } from '../names.js';

/**
 * What is asked of the service for what the person has chosen: the map, its twin, the explanation and the print ask with
 * these same parameters, so that they always speak of the same issues.
 */

/** @typedef {import('../state.js').State} State @typedef {import('../api.js').Query} Query */

/** The parts of the state that choose which issues are counted. @type {readonly (keyof State)[]} */
export const filterKeys = Object.freeze(['street', 'from', 'to', 'category', 'issueState', 'shift']);

/** And those that choose how they are looked at. @type {readonly (keyof State)[]} */
export const viewKeys = Object.freeze([
  'show',
  'density',
  'size',
  'measure',
  'breaks',
  'statistic',
  'weights',
  'k',
  'band',
  'river',
  'eps',
  'minPoints',
  'weeks',
]);

/** Levels that a kind of picture can have; the first stands in for one it cannot have. @type {Record<State['show'], readonly State['density'][]>} */
const levels = {
  density: ['grid', 'community', 'hex', 'none'],
  hotspots: ['grid', 'hex'],
  trends: ['grid', 'hex'],
  clusters: ['none'],
};

/** @param {State} state @returns {State['density']} */
export const levelOf = ({ show, density }) => (levels[show].includes(density) ? density : levels[show][0]);

/** Measures that a kind of picture can have. @param {State['show']} show @returns {readonly State['measure'][]} */
export const measuresOf = (show) =>
  show === 'density'
    ? ['count', 'per_km2', 'per_point', 'per_visit', 'overdue_share']
    : show === 'hotspots'
      ? ['count', 'per_km2', 'per_point', 'per_visit']
      : ['count'];

/** @param {State} state @returns {State['measure']} */
export const measureOf = ({ show, measure }) => (measuresOf(show).includes(measure) ? measure : 'count');

/**
 * Without a window the density is of the open issues, with one of all that were found in it. What is not chance shows in
 * all that was found: the few that are open now seldom suffice. @param {State} state
 */
export const stateOf = ({ issueState, from, to, show }) =>
  issueState || (from || to || show !== 'density' ? 'all' : 'open');

/** @param {State} state */
export const datesReversed = ({ from, to, vsFrom, vsTo }) =>
  (from && to && from > to) || (vsFrom && vsTo && vsFrom > vsTo);

/** @typedef {{ from: string, to: string }} Days */

/** @param {State} state @param {Days} [days] another window @returns {Query} */
export function issuesQuery(state, days = state) {
  return {
    street: streetCode(),
    from: days.from,
    to: days.to,
    category: state.category,
    state: stateOf({ ...state, ...days }),
    shift: state.shift,
  };
}

/** @param {State} state @returns {Query} */
function cellsQuery(state) {
  const level = levelOf(state);
  return { level, size: level === 'hex' ? state.size : '' };
}

/** @param {State} state @param {Days} [days] @returns {Query} */
export const densityQuery = (state, days) => ({
  ...issuesQuery(state, days),
  ...cellsQuery(state),
  measure: measureOf(state),
  breaks: state.breaks === 'quantile' ? '' : state.breaks,
  geometry: levelOf(state) === 'hex',
});

/** @param {State} state @param {Days} [days] @returns {Query} */
export function hotspotsQuery(state, days) {
  const { weights, k, band, river, statistic } = state;
  return {
    ...issuesQuery(state, days),
    ...cellsQuery({ ...state, show: 'hotspots' }),
    measure: measureOf({ ...state, show: 'hotspots' }),
    statistic,
    weights,
    k: weights === 'knn' ? k : '',
    distance_metres: weights === 'distance' ? band : '',
    across_river: river ? true : '',
  };
}

/** @param {State} state @returns {Query} */
export const clustersQuery = (state) => ({
  ...issuesQuery(state),
  eps_metres: state.eps,
  min_points: state.minPoints,
});

/** @param {State} state @returns {Query} */
export function trendsQuery(state) {
  const { from: _, ...query } = issuesQuery(state);
  return { ...query, ...cellsQuery({ ...state, show: 'trends' }), weeks: state.weeks };
}

/** Cells by steps of time. @param {State} state @param {{ step: string, mode: string, from: string, to: string, level?: string }} of @returns {Query} */
export function seriesQuery(state, { step, mode, from, to, level = levelOf(state) }) {
  return {
    street: streetCode(),
    level,
    size: level === 'hex' ? state.size : '',
    category: state.category,
    state: state.issueState || 'all',
    shift: state.shift,
    mode,
    step,
    from,
    to,
  };
}

/** @param {string} day `2026-11-20` @param {number} n @returns {string} so many days later */
export const plusDays = (day, n) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);

/** @param {string} from @param {string} to both inclusive */
export const daysBetween = (from, to) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400000) + 1;

/** The last so many days up to today in Beijing. @param {number} n @returns {Days} */
export const lastDays = (n) => ({ from: plusDays(config().today, 1 - n), to: config().today });

/** Days in words. @param {Days} days */
export const daysText = ({ from, to }) =>
  from && to
    ? t('daysFromTo', { from, to })
    : from
      ? t('daysSince', { from })
      : to
        ? t('daysUntil', { to })
        : t('allDays');

/** @param {State} state @returns {string} */
export const stateText = (state) => {
  const code = stateOf(state);
  return code === 'open' ? t('stateOpen') : code === 'all' ? t('stateAll') : tCode('state', code);
};

/** The filters in words, for the print and for screen readers. @param {State} state @param {Days} [days] @returns {string[]} */
export const filterWords = (state, days = state) =>
  [
    street()?.name ?? '',
    daysText(days),
    state.category ? categoryName(state.category) : t('allCategories'),
    stateText({ ...state, ...days }),
    state.shift ? tCode('shift', state.shift) : '',
  ].filter(Boolean);

/** @param {readonly Days[]} weeks */
export const trendDays = (weeks) =>
  weeks.length ? daysText({ from: weeks[0].from, to: weeks[weeks.length - 1].to }) : '';
