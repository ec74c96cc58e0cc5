// @ts-check
import { get } from '../api.js';
import { h } from '../dom.js';
import { todayText } from '../deadline.js';
import { t, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set, state } from '../state.js';

/** @typedef {{ number: number, at: string, user: string, via: string, address: string, method: string, route: string,
 *   target: string, status: number }} Entry */

/** Lines of one page. */
const pageSize = 100;

/** Who read or changed what. @type {import('./panel.js').MakeSection} */
export function auditSection(redraw) {
  const loader = /** @type {Loader<{ entries: Entry[], more: boolean }>} */ (new Loader());
  let account = '';
  let method = '';
  const days = () => ({ from: state().from || todayText(), to: state().to || todayText() });
  /** @param {AbortSignal} signal @param {Entry[]} before */
  const page = async (signal, before) => {
    const answer = await get(
      '/api/audit',
      { ...days(), account, method, limit: pageSize, before: before.at(-1)?.number },
      signal,
    );
    const { entries } = /** @type {{ entries: Entry[] }} */ (answer);
    return { entries: [...before, ...entries], more: entries.length === pageSize };
  };
  const load = () => loader.load((signal) => page(signal, []));
  const day = (/** @type {'from' | 'to'} */ name) =>
    h(
      'label',
      null,
      h('span', null, t(name === 'from' ? 'dayFrom' : 'to')),
      h('input', {
        type: 'date',
        value: days()[name],
        data: { focus: `audit-${name}` },
        on: {
          change: (/** @type {any} */ event) => {
            set({ [name]: event.target.value });
            void load();
          },
        },
      }),
    );
  const content = () => [
    h(
      'div',
      { class: 'section-title' },
      h('h3', null, t('admin_audit')),
      h(
        'a',
        {
          class: 'link',
          href: `/api/audit?${new URLSearchParams({ ...days(), ...(account ? { account } : {}), ...(method ? { method } : {}), format: 'csv' })}`,
          download: '',
        },
        t('exportCsv'),
      ),
    ),
    h('p', { class: 'quiet' }, t('auditHint')),
    h(
      'div',
      { class: 'ledger-inputs' },
      h('div', { class: 'date-row' }, day('from'), day('to')),
      h(
        'div',
        { class: 'date-row' },
        h(
          'label',
          null,
          h('span', null, t('userName')),
          h('input', {
            type: 'search',
            value: account,
            data: { focus: 'audit-account' },
            on: {
              change: (/** @type {any} */ event) => {
                account = event.target.value.trim();
                void load();
              },
            },
          }),
        ),
        h(
          'label',
          null,
          h('span', null, t('method')),
          h(
            'select',
            {
              data: { focus: 'audit-method' },
              on: {
                change: (/** @type {any} */ event) => {
                  method = event.target.value;
                  void load();
                },
              },
            },
            h('option', { value: '' }, t('allMethods')),
            ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((each) =>
              h('option', { value: each, selected: each === method }, each),
            ),
          ),
        ),
      ),
    ),
    ...loadedContent(
      loader,
      ({ entries, more }) => [
        recordTable({
          caption: t('admin_audit'),
          rows: entries,
          columns: [
            { text: t('auditAt'), value: ({ at }) => timeText(at) },
            { text: t('userName'), value: ({ user }) => user },
            { text: t('method'), value: ({ method: verb }) => verb },
            { text: t('auditTarget'), value: ({ target, route }) => h('span', { class: 'breaks' }, target || route) },
            { text: t('auditStatus'), value: ({ status }) => status, number: true },
            { text: t('auditAddress'), value: ({ address, via }) => `${address ?? ''} ${via ?? ''}`, narrow: false },
          ],
        }),
        more
          ? h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: 'audit-more' },
                on: { click: () => void loader.load((signal) => page(signal, loader.data?.entries ?? [])) },
              },
              t('more', { n: pageSize }),
            )
          : null,
      ],
      { rows: 8, empty: ({ entries }) => entries.length === 0, emptyTitle: t('noAudit') },
    ),
  ];
  void redraw;
  return { content, load, signals: [loader.signal] };
}
