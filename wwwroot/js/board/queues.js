// @ts-check
import { bulletinMark } from '../bulletin/due.js';
import { CaseList } from '../cases/cases.js';
import { noCaseFilters } from '../cases/filters.js';
import { caseRow } from '../cases/rows.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { list } from '../frame/parts.js';
import { numberText, t } from '../i18n/index.js';
import { streetCode } from '../names.js';
import { loadedContent } from '../parts/records.js';
import { set } from '../state.js';
import { letterCounts } from './letters.js';
import { onTimeText } from './rates.js';
import { visitCount } from './visits.js';

/** @typedef {Partial<import('../state.js').State>} Patch */

/**
 * Lists of issues that wait for the supervisor. `filters` is what the ledger shows for the same number.
 * @type {readonly { key: 'today' | 'toFile' | 'verify' | 'overdue', filters: () => Patch, list: CaseList }[]}
 */
export const queues = Object.freeze(
  /** @type {const} */ ([
    { key: 'today', filters: () => ({ from: todayText(), to: todayText() }) },
    { key: 'toFile', filters: () => ({ states: ['open', 'reported', 'filed', 'returned', 'reopened'] }) },
    { key: 'verify', filters: () => ({ states: ['rectified', 'verified'] }) },
    {
      key: 'overdue',
      filters: () => ({ overdue: /** @type {const} */ ('true'), life: /** @type {const} */ ('open') }),
    },
  ]).map(({ key, filters }) => ({
    key,
    filters: /** @type {() => Patch} */ (filters),
    list: new CaseList(() => queryOf(/** @type {Patch} */ (filters()))),
  })),
);

/** @param {Patch} filters */
const queryOf = ({ states = [], from, to, overdue, life }) => ({
  street: streetCode(),
  state: states.join(','),
  from,
  to,
  overdue,
  open: life ? life === 'open' : '',
});

export const queueSignals = queues.map(({ list: { loader } }) => loader.signal);

export const loadQueues = () => Promise.all(queues.map(({ list: each }) => each.load()));

/** The numbers on the board's buttons, as far as they are known. @returns {Record<string, number | string | undefined>} */
export const boardCounts = () => ({
  ...Object.fromEntries(queues.map(({ key, list: each }) => [key, each.loader.data?.matched])),
  letters: letterCounts(),
  rates: onTimeText(),
  visits: visitCount(),
  bulletin: bulletinMark(),
});

/** @param {string} key @returns {(Node | null | false)[]} */
export function queueSection(key) {
  const queue = queues.find((each) => each.key === key) ?? queues[0];
  const name = /** @type {any} */ (`board_${queue.key}`);
  return [
    h(
      'div',
      { class: 'section-title' },
      h('h3', null, t(name)),
      h(
        'button',
        {
          type: 'button',
          class: 'link',
          data: { focus: `drill-${queue.key}`, drill: queue.key },
          on: { click: () => set({ ...noCaseFilters, ...queue.filters(), area: 'ledger', section: '' }) },
        },
        t('inLedger'),
      ),
    ),
    h('p', { class: 'quiet' }, t(/** @type {any} */ (`boardHint_${queue.key}`))),
    ...loadedContent(
      queue.list.loader,
      ({ rows, matched, next }) => [
        list(rows.map(caseRow)),
        next
          ? h(
              'button',
              { type: 'button', class: 'button', on: { click: () => void queue.list.more() } },
              t('more', { n: numberText(Math.min(100, matched - rows.length)) }),
            )
          : null,
      ],
      { rows: 6, empty: ({ rows }) => rows.length === 0, emptyTitle: t('boardNone') },
    ),
  ];
}
