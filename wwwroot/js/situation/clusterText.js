// @ts-check
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { categoryName } from '../names.js';

/** What is said of a cluster and of a key place in a few words. */

/** @param {any} properties of a cluster */
export const clusterTitle = ({ cluster }) => t('clusterN', { n: cluster });

/** @param {any} properties */
export const categoriesText = ({ categories }) =>
  (categories ?? [])
    .slice(0, 3)
    .map((/** @type {any} */ { code, n }) => `${categoryName(code)} ${numberText(n)}`)
    .join('、');

/** @param {any} properties @returns {string[]} */
export const clusterLines = (properties) => [
  clusterTitle(properties),
  t('issuesN', { n: numberText(properties.size) }),
  categoriesText(properties),
  spanText(properties),
];

/** @param {any} properties */
export const spanText = ({ first, last }) => t('daysFromTo', { from: dayOf(first), to: dayOf(last) });

/** @param {string | null | undefined} time */
export const dayOf = (time) => (time && time.length > 10 ? timeText(time).slice(0, 10) : (time ?? ''));

/** This month against the last, with a sign that says it without colour. @param {any} properties */
export function monthText({ issues_this_month: now, issues_last_month: before }) {
  const sign = now > before ? '▲' : now < before ? '▼' : '＝';
  return t('monthsText', { now: numberText(now ?? 0), before: numberText(before ?? 0), sign });
}

/** @param {any} properties */
export const watchText = ({ watch_days: days, watch_due: due, watch_status: status }) =>
  due
    ? `${t('watchDue', { day: dayOf(due) })} · ${tCode('watch', status ?? '')}`
    : days
      ? t('watchEvery', { n: days })
      : t('notWatched');

/** @param {any} properties @returns {string[]} */
export const placeLines = (properties) => [properties.name, monthText(properties), watchText(properties)];
