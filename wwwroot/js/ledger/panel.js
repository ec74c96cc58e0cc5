// @ts-check
import { caseCounts, CaseList, loadCounts, pageSize, PastList } from '../cases/cases.js';
import { caseKeys, caseQuery } from '../cases/filters.js';
import { dueMark, openIssue, placeText } from '../cases/rows.js';
import { dueText } from '../deadline.js';
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { issuesChanged } from '../issue/issue.js';
import { areasNamed, categoryName, streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set, state, subscribe } from '../state.js';
import { activeCaseFilters, caseFilters, wordsAndDays } from './filters.js';

/** @typedef {import('../types.js').Feature} Feature */

const query = () => caseQuery(state(), streetCode());
/** The end of that day in Beijing. */
const asOf = () => (state().asOf ? `${state().asOf}T23:59:59+08:00` : '');

const live = new CaseList(query);
const past = new PastList(() => ({ ...query(), format: 'json', as_of: asOf() }));

/** @returns {import('../cases/cases.js').List} */
const shown = () => (state().asOf ? past : live);

/** The ledger: filters with counts, a table by pages, and the same as a file. @param {HTMLElement} box */
export function buildLedger(box) {
  const head = h('div');
  const filters = h('div', { class: 'ledger-filters' });
  const table = h('div', { class: 'ledger-table' });
  box.append(head, h('div', { class: 'ledger' }, filters, table));
  const isOpen = () => state().area === 'ledger';

  const renderHead = () => {
    if (!isOpen()) return;
    const matched = shown().loader.data?.matched;
    fill(
      head,
      h(
        'div',
        { class: 'section-title' },
        h('h2', null, t('ledgerTitle')),
        h(
          'span',
          { class: 'section-note', data: { matched: String(matched ?? '') } },
          matched === undefined ? '' : t('ledgerCount', { n: numberText(matched) }),
        ),
        h('span', { class: 'ledger-files' }, fileLink('xlsx', t('exportXlsx')), fileLink('csv', t('exportCsv'))),
      ),
      activeCaseFilters(),
    );
  };
  const renderFilters = () => {
    if (isOpen()) fill(filters, wordsAndDays(), ...caseFilters());
  };
  const renderTable = () => {
    if (!isOpen()) return;
    renderHead();
    fill(table, ...content());
  };
  const render = () => {
    renderFilters();
    renderTable();
  };
  const load = () => {
    if (!isOpen()) return;
    void shown().load();
    void loadCounts();
  };
  subscribe([...caseKeys, 'asOf', 'area'], () => {
    render();
    load();
  });
  subscribe(['lang'], render);
  for (const each of [live, past])
    each.loader.signal.subscribe((now) => {
      if (each !== shown()) return;
      renderTable();
      if (isOpen() && !now.loading && now.data) announce(t('ledgerCount', { n: numberText(now.data.matched) }));
    });
  caseCounts.signal.subscribe(({ loading }) => {
    if (!loading) renderFilters();
    renderHead();
  });
  areasNamed.subscribe(render);
  issuesChanged.subscribe(load);
  render();
  load();
}

/** @param {'xlsx' | 'csv'} format @param {string} text */
function fileLink(format, text) {
  const parameters = new URLSearchParams({ format });
  for (const [name, value] of Object.entries({ ...query(), as_of: asOf() }))
    if (value !== '' && value !== null && value !== undefined) parameters.set(name, String(value));
  return h('a', { class: 'link', href: `/api/ledger?${parameters}`, download: '', data: { file: format } }, text);
}

function content() {
  const list = shown();
  return loadedContent(
    list.loader,
    ({ rows, matched, next }) => [
      recordTable({
        caption: t('ledgerTitle'),
        rows,
        key: ({ properties }) => `issue:${properties.id}`,
        hover: (key) => set({ hover: key }),
        columns: [
          { text: t('colCode'), value: codeLink },
          { text: t('category'), value: ({ properties }) => categoryName(properties.category) },
          { text: t('colPlace'), value: ({ properties }) => placeText(properties), narrow: false },
          { text: t('stateFilter'), value: ({ properties }) => tCode('state', properties.state) },
          {
            text: t('bodyFilter'),
            value: ({ properties }) => properties.lead_body_name ?? properties.lead_body ?? '',
            narrow: false,
          },
          { text: t('colFound'), value: ({ properties }) => timeText(properties.found_at), narrow: false },
          {
            text: t('colDue'),
            value: ({ properties: p }) => (state().asOf ? (p.due_at ? dueText(p.due_at) : '') : dueMark(p)),
          },
        ],
      }),
      next
        ? h(
            'button',
            { type: 'button', class: 'button', data: { focus: 'ledger-more' }, on: { click: () => void list.more() } },
            t('more', { n: numberText(Math.min(pageSize, matched - rows.length)) }),
          )
        : null,
    ],
    {
      rows: 10,
      empty: ({ rows }) => rows.length === 0,
      emptyTitle: t('ledgerEmpty'),
      emptyHint: t('ledgerEmptyHint'),
    },
  );
}

/** @param {Feature} feature */
const codeLink = ({ properties: p }) =>
  h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `ledger-${p.id}`, issue: p.id },
      on: {
        click: () => openIssue(p.id),
        focus: () => set({ hover: `issue:${p.id}` }),
        blur: () => set({ hover: '' }),
      },
    },
    p.code ?? String(p.id).slice(0, 8),
  );
