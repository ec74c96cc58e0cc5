// @ts-check
import { get, post } from '../api.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state } from '../state.js';
import { actButton } from '../parts/actButton.js';
import { loadedContent, recordTable } from '../parts/records.js';

/**
 * @typedef {{ sheet_row: number, outer_code: string | null, outer_name: string, inner_code: string | null, inner_name: string,
 *   item: string | null, requirement: string, methods: string[], lead: string[], cooperating: string[], spatial: boolean }} Row
 * @typedef {{ rule: string, severity: 'note' | 'warning' | 'error', sheet_rows: number[], value: string | null, zh: string, en: string }} Finding
 * @typedef {{ id: string | null, file: string | null, imported_at?: string | null, title: string | null, rows: Row[], findings: Finding[],
 *   dryRun?: boolean, stored?: boolean }} Table
 */

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The order in which findings are read. */
const severities = ['error', 'warning', 'note'];

/** A responsibility table as it was handed in: first looked at, then kept. @type {import('./panel.js').MakeSection} */
export function responsibilitySection(redraw, mayWrite) {
  const loader = /** @type {Loader<Table>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/responsibility', { street: streetCode() }, signal));
  /** @type {Table | null} what the chosen file holds, not kept yet */
  let preview = null;
  /** @type {File | null} */
  let file = null;
  const picker = h('input', {
    type: 'file',
    id: 'responsibility-file',
    accept: '.xlsx',
    on: {
      change: () => {
        file = picker.files?.[0] ?? null;
        preview = null;
        redraw();
      },
    },
  });
  /** @param {File} chosen @param {boolean} dryRun @returns {Promise<Table>} */
  const upload = (chosen, dryRun) =>
    post('/api/responsibility', { street: streetCode(), filename: chosen.name, dryRun }, chosen, xlsx);

  const uploadForm = () => {
    const chosen = file;
    return h(
      'div',
      { class: 'action-form' },
      h('label', { for: 'responsibility-file' }, t('responsibilityFile')),
      picker,
      chosen
        ? actButton({
            key: 'responsibility-try',
            text: t('lookAtFile'),
            run: async () => {
              preview = await upload(chosen, true);
              announce(t('dryRunDone'));
              redraw();
            },
          })
        : null,
      chosen && preview
        ? actButton({
            key: 'responsibility-keep',
            text: t('keepTable', { n: numberText(preview.rows.length) }),
            look: 'is-primary',
            run: async () => {
              await upload(chosen, false);
              announce(t('saved'));
              preview = null;
              file = null;
              picker.value = '';
              await load();
            },
          })
        : null,
    );
  };

  const content = () => [
    h('h3', { class: 'small-title' }, t('admin_responsibility')),
    h('p', { class: 'quiet' }, t('responsibilityHint')),
    mayWrite ? uploadForm() : null,
    ...(preview
      ? tableContent(preview)
      : loadedContent(loader, tableContent, { empty: ({ id }) => id === null, emptyTitle: t('noResponsibility') })),
  ];
  return { content, load, signals: [loader.signal] };
}

/** @param {Table} table */
function tableContent(table) {
  const spatial = table.rows.filter((row) => row.spatial).length;
  return [
    h('p', { dir: 'auto' }, h('strong', null, table.title ?? table.file ?? '')),
    h(
      'p',
      { class: 'quiet' },
      [
        t('requirementsN', { n: numberText(table.rows.length), spatial: numberText(spatial) }),
        table.imported_at ? timeText(table.imported_at) : t('notKeptYet'),
      ].join(' · '),
    ),
    findingsOf(table.findings),
    recordTable({
      caption: t('admin_responsibility'),
      rows: table.rows,
      key: (row) => String(row.sheet_row),
      columns: [
        { text: t('sheetRow'), value: (row) => row.sheet_row, number: true },
        { text: t('outerTask'), value: (row) => taskText(row.outer_code, row.outer_name), narrow: false },
        { text: t('innerTask'), value: (row) => taskText(row.inner_code, row.inner_name) },
        { text: t('requirement'), value: (row) => [row.item, row.requirement].filter(Boolean).join(' ') },
        { text: t('examinedBy'), value: (row) => row.methods.map((each) => tCode('method', each)).join('、') },
        { text: t('bodyName'), value: (row) => [...row.lead, ...row.cooperating].join('、') },
      ],
    }),
  ];
}

/** Codes stand as they were printed. @param {string | null} code @param {string} name */
const taskText = (code, name) => [code, name].filter(Boolean).join(' ');

/** @param {Finding[]} findings */
function findingsOf(findings) {
  if (!findings.length) return null;
  const sorted = [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return h(
    'details',
    { class: 'message is-warning', data: { findings: String(findings.length) } },
    h('summary', null, t('tableFindings', { n: numberText(findings.length) })),
    h(
      'ul',
      null,
      ...sorted.map((each) =>
        h(
          'li',
          { dir: 'auto', data: { rule: each.rule } },
          `${tCode('severity', each.severity)}：${state().lang === 'en' ? each.en : each.zh}`,
        ),
      ),
    ),
  );
}
