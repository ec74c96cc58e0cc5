// @ts-check
import { get } from '../api.js';
import { noCaseFilters } from '../cases/filters.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { areaName, streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set, state } from '../state.js';

/**
 * @typedef {{ code: string | null, name: string | null, on_time: number, closed: number, open: number, overdue_open: number,
 *   rate: number | null, same_day_entry_rate: number | null }} Rate
 * @typedef {{ total: Rate | null, rows: Rate[] }} Rates
 */

const byBody = /** @type {Loader<Rates>} */ (new Loader());
const byCommunity = /** @type {Loader<Rates>} */ (new Loader());

export const rateSignals = [byBody.signal, byCommunity.signal];

/** Days of the comparison; the state's own where it has some. */
const window_ = () => ({ from: state().from || `${todayText().slice(0, 4)}-01-01`, to: state().to || todayText() });

export function loadRates() {
  const query = { street: streetCode(), ...window_() };
  return Promise.all([
    byBody.load((signal) => get('/api/performance', { ...query, by: 'body' }, signal)),
    byCommunity.load((signal) => get('/api/performance', { ...query, by: 'community' }, signal)),
  ]);
}

/** @param {number | null | undefined} rate share of 1 */
const percent = (rate) => (rate === null || rate === undefined ? '—' : `${numberText(rate * 100, 1)} %`);

export const onTimeText = () => (byBody.data ? percent(byBody.data.total?.rate) : undefined);

/** @param {string} label @param {string} value */
const figure = (label, value) =>
  h('div', { class: 'figure' }, h('dt', { class: 'figure-label' }, label), h('dd', { class: 'figure-value' }, value));

export function ratesSection() {
  const { from, to } = window_();
  const days = h(
    'div',
    { class: 'date-row' },
    ...[
      ['from', t('dayFrom'), from],
      ['to', t('to'), to],
    ].map(([name, label, value]) =>
      h(
        'label',
        null,
        h('span', null, label),
        h('input', {
          type: 'date',
          value,
          data: { focus: `rates-${name}` },
          on: {
            change: (/** @type {any} */ event) => {
              set({ [name]: event.target.value });
              void loadRates();
            },
          },
        }),
      ),
    ),
  );
  return [
    h('div', { class: 'section-title' }, h('h3', null, t('board_rates'))),
    days,
    h('p', { class: 'quiet' }, t('rateHint')),
    byBody.data?.total
      ? h(
          'dl',
          { class: 'figures' },
          figure(t('onTimeRate'), percent(byBody.data.total.rate)),
          figure(t('overdueOpen'), numberText(byBody.data.total.overdue_open)),
          figure(t('sameDayRate'), percent(byBody.data.total.same_day_entry_rate)),
        )
      : null,
    h('h4', { class: 'small-title' }, t('byBody')),
    ...table(byBody, t('byBody'), (row) => ({ body: row.code ?? '' })),
    h('h4', { class: 'small-title' }, t('byCommunity')),
    ...table(byCommunity, t('byCommunity'), (row) => ({ within: row.code ? `community:${row.code}` : '' })),
  ];
}

/**
 * @param {Loader<Rates>} loader @param {string} caption
 * @param {(row: Rate) => Partial<import('../state.js').State>} filter the row as a filter of the ledger
 */
function table(loader, caption, filter) {
  // The numbers count tasks by the day of dispatch; the ledger lists issues. So the name leads there, not a number.
  const drill = (/** @type {Rate} */ row) =>
    row.code === null
      ? t('noBodyYet')
      : h(
          'button',
          {
            type: 'button',
            class: 'link',
            on: { click: () => set({ ...noCaseFilters, ...filter(row), area: 'ledger', section: '' }) },
          },
          row.name ?? areaName(row.code),
        );
  return loadedContent(
    loader,
    ({ rows }) => [
      recordTable({
        caption,
        rows,
        columns: [
          { text: t('name'), value: drill },
          { text: t('onTimeRate'), value: (row) => percent(row.rate), number: true },
          { text: t('onTime'), value: (row) => numberText(row.on_time), number: true, narrow: false },
          { text: t('closedN'), value: (row) => numberText(row.closed), number: true },
          { text: t('openN'), value: (row) => numberText(row.open), number: true, narrow: false },
          { text: t('overdueOpen'), value: (row) => numberText(row.overdue_open), number: true },
          { text: t('sameDayRate'), value: (row) => percent(row.same_day_entry_rate), number: true },
        ],
      }),
    ],
    { empty: ({ rows }) => rows.length === 0, emptyTitle: t('noRates') },
  );
}
