// @ts-check
import { get } from '../api.js';
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { gridShort, streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set } from '../state.js';
import { loadTree, treeSection, treeSignals } from './assessmentTree.js';

/**
 * @typedef {{ id: string, name: string, held_on: string, tree_title: string, tree_version: number, score: number | null,
 *   assessed: number, indicators: number, bad: number, made_by: string }} Summary
 * @typedef {{ code: string, level: number, parent: string | null, name: string, veto: boolean, score: number | null,
 *   assessed: number, bad: number | null, before?: number | null, difference?: number | null }} Node_
 * @typedef {Summary & { nodes: Node_[], compared?: Summary, difference?: number | null,
 *   bad_points: { indicator: string, point: string, point_name: string, grid: string | null, note: string | null }[] }} Run
 */

const list = /** @type {Loader<{ assessments: Summary[] }>} */ (new Loader());
const run = /** @type {Loader<Run>} */ (new Loader());
/** Which two are looked at, and which branches are open. */
const view = new Signal({ id: '', other: '', open: /** @type {readonly string[]} */ ([]), badAll: false });

/** Points not in order before all are asked for. */
const firstBad = 20;

export const assessmentSignals = [list.signal, run.signal, view, ...treeSignals];

export async function loadAssessments() {
  void loadTree();
  await list.load((signal) => get('/api/mock-assessments', { street: streetCode() }, signal));
  const found = list.data?.assessments ?? [];
  const id = found.some((each) => each.id === view.value.id) ? view.value.id : (found[0]?.id ?? '');
  const other = found.some((each) => each.id === view.value.other) ? view.value.other : (found[1]?.id ?? '');
  view.set({ ...view.value, id, other });
  if (id) await loadRun();
}

/** @param {boolean} [another] the old answer is about another run */
const loadRun = (another = false) =>
  run.load(
    (signal) => get(`/api/mock-assessments/${view.value.id}`, { compare: view.value.other }, signal),
    { forget: another },
  );

export const assessmentFigure = () => {
  const latest = list.data?.assessments[0];
  return latest ? scoreText(latest.score) : undefined;
};

/** @param {number | null | undefined} score */
const scoreText = (score) => (score === null || score === undefined ? '—' : numberText(score, 1));

/** @param {number | null | undefined} difference with its sign, and an arrow for those who do not see colours */
const differenceText = (difference) => {
  if (difference === null || difference === undefined) return '';
  const rounded = Math.round(difference * 10) / 10;
  return h(
    'span',
    { class: rounded < 0 ? 'is-worse' : rounded > 0 ? 'is-better' : '' },
    rounded === 0 ? '0.0' : `${rounded < 0 ? '▼' : '▲'} ${numberText(Math.abs(rounded), 1)}`,
  );
};

/** @param {string} label @param {string} key @param {string} value @param {readonly { value: string, text: string }[]} options @param {(value: string) => void} pick */
const choice = (label, key, value, options, pick) =>
  h(
    'label',
    null,
    h('span', null, label),
    h(
      'select',
      { data: { focus: key }, on: { change: (/** @type {any} */ event) => pick(event.target.value) } },
      ...options.map((each) => h('option', { value: each.value, selected: each.value === value }, each.text)),
    ),
  );

export const assessmentsSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('board_assessments'))),
  h('p', { class: 'quiet' }, t('assessHint')),
  ...loadedContent(
    list,
    ({ assessments }) => {
      const option = (/** @type {Summary} */ each) => ({ value: each.id, text: `${each.held_on} ${each.name}` });
      return [
        h(
          'div',
          { class: 'date-row' },
          choice(t('assessRun'), 'assess-run', view.value.id, assessments.map(option), (id) => {
            view.set({ ...view.value, id, open: [], badAll: false });
            void loadRun(true);
          }),
          choice(
            t('assessCompare'),
            'assess-compare',
            view.value.other,
            [
              { value: '', text: t('assessNoCompare') },
              ...assessments.filter(({ id }) => id !== view.value.id).map(option),
            ],
            (other) => {
              view.set({ ...view.value, other });
              void loadRun();
            },
          ),
        ),
        ...loadedContent(run, runContent, { rows: 8 }),
      ];
    },
    {
      empty: ({ assessments }) => assessments.length === 0,
      emptyTitle: t('noAssessments'),
      emptyHint: t('noAssessmentsHint'),
    },
  ),
  ...treeSection(),
];

/** @param {string} label @param {string | Node} value @param {string} [mark] */
const figure = (label, value, mark = '') =>
  h(
    'div',
    { class: `figure ${mark}` },
    h('dt', { class: 'figure-label' }, label),
    h('dd', { class: 'figure-value' }, value),
  );

/** @param {Run} data */
function runContent(data) {
  const difference = data.compared ? differenceText(data.difference) : null;
  return [
    h(
      'dl',
      { class: 'figures is-four', data: { assessment: data.id } },
      figure(t('assessTotal'), scoreText(data.score)),
      difference ? figure(t('assessDifference'), difference) : null,
      figure(t('assessShare'), `${numberText(data.assessed * 100, 0)} %`),
      figure(t('assessBad'), numberText(data.bad), data.bad ? 'is-overdue' : ''),
    ),
    treeTable(data),
    ...badList(data),
  ];
}

/** The tree, one row a node; branches open one by one, so that it can be read. @param {Run} data */
function treeTable(data) {
  const open = new Set(view.value.open);
  const parents = new Set(data.nodes.map(({ parent }) => parent));
  const byCode = new Map(data.nodes.map((node) => [node.code, node]));
  const shown = data.nodes.filter((node) => {
    for (let up = node.parent; up !== null; up = byCode.get(up)?.parent ?? null) if (!open.has(up)) return false;
    return true;
  });
  const toggle = (/** @type {string} */ code) =>
    view.set({
      ...view.value,
      open: open.has(code) ? view.value.open.filter((each) => each !== code) : [...view.value.open, code],
    });
  const name = (/** @type {Node_} */ node) => {
    const mark = node.veto ? h('span', { class: 'veto-mark' }, t('vetoMark')) : null;
    const inner = parents.has(node.code)
      ? h(
          'button',
          {
            type: 'button',
            class: 'link tree-toggle',
            'aria-expanded': String(open.has(node.code)),
            data: { focus: `node-${node.code}`, node: node.code },
            on: { click: () => toggle(node.code) },
          },
          h('span', { class: 'tree-arrow', 'aria-hidden': 'true' }, open.has(node.code) ? '▾' : '▸'),
          `${node.code} ${node.name}`,
        )
      : h('span', null, `${node.code} ${node.name}`);
    return h('span', { class: `tree-name is-level-${node.level}` }, inner, mark);
  };
  return recordTable({
    caption: t('board_assessments'),
    rows: shown,
    key: ({ code }) => `node:${code}`,
    mark: (node) => (node.veto && node.bad ? 'is-missed' : ''),
    columns: [
      { text: t('assessNode'), value: name },
      {
        text: t('assessScore'),
        value: ({ score }) => (score === null ? h('span', { class: 'quiet' }, t('assessNot')) : scoreText(score)),
        number: true,
      },
      ...(data.compared
        ? [
            {
              text: t('assessBefore'),
              value: (/** @type {Node_} */ node) => (node.before === null ? t('assessNot') : scoreText(node.before)),
              number: true,
              narrow: false,
            },
            {
              text: t('assessDifference'),
              value: (/** @type {Node_} */ node) => differenceText(node.difference),
              number: true,
            },
          ]
        : []),
      { text: t('assessShare'), value: ({ assessed }) => `${numberText(assessed * 100, 0)} %`, number: true, narrow: false },
    ],
  });
}

/** @param {Run} data */
function badList(data) {
  if (data.bad_points.length === 0) return [];
  const names = new Map(data.nodes.map(({ code, name }) => [code, name]));
  const rows = view.value.badAll ? data.bad_points : data.bad_points.slice(0, firstBad);
  return [
    h('h4', { class: 'small-title' }, t('assessBadList', { n: numberText(data.bad_points.length) })),
    recordTable({
      caption: t('assessBad'),
      rows,
      key: ({ point }) => `point:${point}`,
      hover: (key) => set({ hover: key }),
      columns: [
        {
          text: t('kind_point'),
          value: ({ point, point_name: name }) =>
            h('button', { type: 'button', class: 'link', on: { click: () => set({ selected: `point:${point}` }) } }, name),
        },
        { text: t('vetoName'), value: ({ indicator }) => `${indicator} ${names.get(indicator) ?? ''}` },
        { text: t('grid'), value: ({ grid }) => gridShort(grid), narrow: false },
      ],
    }),
    rows.length < data.bad_points.length
      ? h(
          'button',
          { type: 'button', class: 'button', on: { click: () => view.set({ ...view.value, badAll: true }) } },
          t('showAllN', { n: numberText(data.bad_points.length) }),
        )
      : null,
  ];
}
