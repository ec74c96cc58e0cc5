// @ts-check
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { loadedContent } from '../parts/records.js';
import { askOnce, base } from './loads.js';
import { licenceText } from './pair.js';
import { pairButton } from './pairButton.js';
import { pairKey } from './rows.js';
import { distances } from './school.js';
import { exportLinks } from './table.js';
import { categoryOf, ruleOf } from './names.js';
import { verdictMark } from './verdicts.js';

/** @typedef {import('./types.js').Row} Row */

const phaseOut = /** @type {Loader<{ rows: Row[] }>} */ (new Loader());

export const phaseOutSignals = [phaseOut.signal];

export const loadPhaseOut = () => askOnce(phaseOut, '/api/perimeters/phase-out', base());

/** Whose exemption or licence runs out, the soonest first. */
export const phaseOutSection = () => [
  h('p', { class: 'quiet' }, t('phaseOutHint')),
  ...loadedContent(
    phaseOut,
    ({ rows }) => [
      h(
        'div',
        { class: 'section-title', data: { phaseout: String(rows.length) } },
        h('h3', null, t('phaseOutN', { n: numberText(rows.length) })),
        h('span', { class: 'ledger-files' }, ...exportLinks('/api/perimeters/phase-out', base(), ['xlsx', 'csv'])),
      ),
      h('ul', { class: 'rows' }, ...rows.map((row) => h('li', null, phaseRow(row)))),
    ],
    {
      rows: 6,
      empty: ({ rows }) => rows.length === 0,
      emptyTitle: t('phaseOutNone'),
      emptyHint: t('phaseOutNoneHint'),
    },
  ),
];

/** @param {Row} row */
function phaseRow(row) {
  const key = pairKey(row);
  const days = row.days_left ?? null;
  return pairButton(
    key,
    `phase-${key}-${row.rule}`,
    '',
    h(
      'span',
      { class: 'row-main' },
      h('span', { class: 'row-title', dir: 'auto' }, row.venue_name, h('span', { class: 'row-kind' }, categoryOf(row))),
      h('span', { class: 'row-note', dir: 'auto' }, `${row.school_name} · ${ruleOf(row)}`),
      verdictMark(row.verdict, row.exempt_until ?? ''),
      distances(row),
      h('span', { class: 'row-note' }, licenceText(row)),
    ),
    days === null
      ? null
      : h(
          'span',
          { class: `row-end days-left ${days < 0 ? 'is-over' : days <= 90 ? 'is-soon' : ''}` },
          days < 0 ? t('daysOver', { d: numberText(-days) }) : t('daysLeft', { d: numberText(days) }),
        ),
  );
}
