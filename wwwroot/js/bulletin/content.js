// @ts-check
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { recordTable } from '../parts/records.js';
import { go, measureName, place, valueText } from './bulletins.js';

/** @typedef {import('./bulletins.js').Bulletin} Bulletin @typedef {import('./bulletins.js').Figure} Figure */

/** Columns of communities, bodies and categories; those a phone leaves out are marked. @type {Record<string, [string, boolean][]>} */
const columns = {
  community: [
    ['found', true],
    ['cancelled', false],
    ['open', true],
    ['overdue', true],
    ['recurring', false],
    ['on_time_rate', false],
    ['visit_completion', false],
    ['same_day_entry', false],
    ['score', true],
  ],
  body: [
    ['found', false],
    ['tasks', false],
    ['cancelled', false],
    ['open', true],
    ['overdue', true],
    ['late_replies', true],
    ['on_time_reply', false],
    ['on_time_rectify', false],
    ['score', true],
  ],
  category: [
    ['found', true],
    ['cancelled', true],
    ['open', true],
    ['overdue', true],
  ],
};

/** Everything a bulletin says; every number leads to its records. @param {Bulletin} bulletin @returns {(Node | null)[]} */
export const bulletinContent = (bulletin) => [
  h('h3', { class: 'small-title' }, t('bulletinOverall')),
  h(
    'dl',
    { class: 'figures bulletin-figures' },
    ...bulletin.figures.filter(({ subject }) => subject === 'street').map(overall),
  ),
  h('p', { class: 'quiet' }, t('bulletinAgainst', { from: bulletin.previous_from, to: bulletin.previous_to })),
  h('h3', { class: 'small-title' }, t('byCommunity')),
  subjects(bulletin, 'community', t('byCommunity')),
  h('h3', { class: 'small-title' }, t('byBody')),
  subjects(bulletin, 'body', t('byBody')),
  h('p', { class: 'quiet' }, t('bulletinUnranked', { n: bulletin.formula.min_tasks })),
  h('h3', { class: 'small-title' }, t('bulletinByCategory')),
  subjects(bulletin, 'category', t('bulletinByCategory')),
  h('h3', { class: 'small-title' }, t('bulletinOutstanding')),
  h(
    'ul',
    { class: 'notes' },
    ...bulletin.figures
      .filter(({ subject }) => subject === 'outstanding')
      .map((figure) => h('li', null, `${measureName(figure.measure)}：`, number(figure))),
  ),
  bulletin.note.length ? h('h3', { class: 'small-title' }, t('bulletinNote')) : null,
  ...bulletin.note.map((line) => h('p', { dir: 'auto' }, line)),
];

/** @param {Figure} figure */
function overall(figure) {
  const { value, previous, measure } = figure;
  const change = value !== null && previous !== null ? value - previous : null;
  return h(
    'div',
    { class: `figure ${measure === 'overdue' && value ? 'is-overdue' : ''}` },
    h('dt', { class: 'figure-label' }, measureName(measure)),
    h('dd', { class: 'figure-value' }, number(figure)),
    previous === null
      ? null
      : h('dd', { class: 'figure-before' }, t('bulletinBefore', { n: valueText(measure, previous) }), arrow(change)),
  );
}

/** @param {number | null} change */
const arrow = (change) => (change === null || change === 0 ? '' : change > 0 ? ' ↑' : ' ↓');

/** A number that leads to the records behind it; one with nothing behind it is plain. @param {Figure | undefined} figure */
export function number(figure) {
  if (!figure) return '—';
  const text = valueText(figure.measure, figure.value);
  if (figure.records === 0 && (figure.measure !== 'score' || figure.value === null)) return text;
  return h(
    'button',
    {
      type: 'button',
      class: 'link bulletin-number',
      'aria-label': t('bulletinDrill', { name: figure.name, measure: measureName(figure.measure), n: text }),
      data: { focus: `figure-${figure.key}`, figure: figure.key },
      on: { click: () => go(place().where, figure.key) },
    },
    text,
  );
}

/** @param {Bulletin} bulletin @param {'community' | 'body' | 'category'} subject @param {string} caption */
function subjects(bulletin, subject, caption) {
  /** @type {Map<string, Record<string, Figure>>} */
  const rows = new Map();
  for (const figure of bulletin.figures) {
    if (figure.subject !== subject) continue;
    const row = rows.get(figure.code) ?? {};
    row[figure.measure] = figure;
    rows.set(figure.code, row);
  }
  const ranked = subject !== 'category';
  const grades = bulletin.kind !== 'weekly' && ranked;
  const list = [...rows.entries()].sort(
    ([a, one], [b, two]) =>
      (one.score?.rank ?? Infinity) - (two.score?.rank ?? Infinity) || Number(a === '') - Number(b === '') || 0,
  );
  /** @param {Record<string, Figure>} row */
  const rank = (row) => row.score?.rank ?? null;
  return recordTable({
    caption,
    rows: list.filter(([, row]) => ranked || Object.values(row).some(({ value }) => value)),
    columns: [
      ...(ranked
        ? [
            {
              text: t('bulletinRank'),
              value: (/** @type {any} */ [, row]) => (rank(row) === null ? '—' : numberText(/** @type {number} */ (rank(row)))),
              number: true,
            },
          ]
        : []),
      { text: t('name'), value: ([, row]) => Object.values(row)[0].name },
      ...columns[subject].map(([measure, phone]) => ({
        text: t(/** @type {any} */ (`bc_${measure}`)),
        value: (/** @type {any} */ [, row]) => number(row[measure]),
        number: true,
        narrow: phone ? undefined : false,
      })),
      ...(grades ? [{ text: t('bulletinGrade'), value: (/** @type {any} */ [, row]) => row.score?.grade ?? '—' }] : []),
    ],
  });
}
