// @ts-check
import { fill, h } from '../dom.js';
import { field, titleBlock } from '../frame/parts.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { loadedContent } from '../parts/records.js';
import { set, state } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { citationBlock } from './citation.js';
import { keyOf } from './keys.js';
import { book } from './loads.js';
import { detail, evidence, evidenceQuery, openPair } from './schoolLoads.js';
import { byWeight } from './rows.js';
import { accuracyText, distances, reasonText } from './school.js';
import { exportLinks } from './table.js';
import { categoryOf, ruleOf } from './names.js';
import { decidedText, limitText, metresText, methodText, verdictMark, verdictSymbol, walkingText } from './verdicts.js';
import { withdrawButton } from './withdraw.js';

/** @typedef {import('./types.js').Row} Row */

/** @type {{ box: HTMLElement, key: string } | null} */
let shown = null;

/** One venue at one school: what was measured, what the rules say, and where they say it. @param {HTMLElement} box @param {string} key */
export function showPair(box, key) {
  shown = { box, key };
  render();
  return render;
}

/** The rows of the pair that is open: of the evidence, else of the school's list. @returns {Row[]} */
export function pairRows() {
  const sheet = evidence.data;
  const given = sheet?.rows ?? sheet?.rules;
  if (Array.isArray(given) && given.every((row) => row?.verdict)) return [...given].sort(byWeight);
  const { selected } = state();
  return detail.data?.pairs.find((pair) => `pair:${pair.key}` === selected)?.rows ?? [];
}

function render() {
  if (!shown || !shown.box.isConnected || shown.box.dataset.shows !== `pair:${shown.key}`) return;
  const open = openPair();
  if (!open) return;
  const rows = pairRows();
  const [row] = rows;
  fill(
    shown.box,
    titleBlock(
      row ? verdictSymbol(row.verdict) : 'venue',
      row?.venue_name ?? open.venue,
      row ? `${categoryOf(row)} · ${row.school_name}` : open.school,
    ),
    h(
      'div',
      { class: 'button-row' },
      h(
        'button',
        { type: 'button', class: 'button', data: { focus: 'pair-print' }, on: { click: () => set({ print: true }) } },
        icon('print', 16),
        t('evidenceSheet'),
      ),
      ...exportLinks('/api/perimeters/evidence', evidenceQuery(), ['docx']).map((link) => {
        link.className = 'button';
        return link;
      }),
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          data: { focus: 'pair-school' },
          on: { click: () => set({ selected: `perimeter:${keyOf(open.schoolStreet, open.school)}` }) },
        },
        t('toSchool'),
      ),
    ),
    ...rows.map(ruleBlock),
    evidence.data?.wording
      ? h(
          'details',
          { class: 'more-filters' },
          h('summary', { data: { focus: 'pair-wording' } }, t('wordingTitle')),
          wordingOf(evidence.data),
        )
      : null,
    ...loadedContent(evidence, (sheet) => [h('h3', { class: 'small-title' }, t('measuredWith')), facts(sheet, row)], {
      rows: 5,
    }),
    row ? h('div', { class: 'button-row' }, withdrawButton(open, row, evidence.data?.versions?.venue)) : null,
  );
}

/** The whole in one sentence, in the service's words. @param {any} sheet */
export const wordingOf = (sheet) =>
  sheet?.wording
    ? h('p', { class: 'explanation', dir: 'auto' }, state().lang === 'en' ? sheet.wording.en : sheet.wording.zh)
    : null;

/** @param {Row} row */
const measuredText = (row) =>
  t('ruleMeasured', { method: methodText(row), d: decidedText(row), limit: limitText(row), reason: reasonText(row) });

/** @param {Row} row */
const ruleBlock = (row) =>
  h(
    'section',
    {
      class: `pair-rule is-${row.verdict}`,
      'aria-label': ruleOf(row),
      data: { rule: row.rule, verdict: row.verdict },
    },
    h(
      'p',
      { class: 'pair-verdict' },
      verdictMark(row.verdict, row.verdict === 'exempt' ? (row.exempt_until ?? '') : ''),
      h('span', { class: 'row-kind', dir: 'auto' }, ruleOf(row)),
    ),
    distances(row),
    h(
      'p',
      { class: 'row-note', dir: 'auto' },
      row.settled ? measuredText(row) : t('clauseJoin', { a: measuredText(row), b: t('notSettled') }),
    ),
    row.pre_existing ? h('p', { class: 'row-note' }, t('preExisting')) : null,
    citationBlock(row),
  );

/** What the numbers rest on. @param {any} sheet @param {Row | undefined} row */
export function facts(sheet, row) {
  const versions = sheet.versions ?? {};
  return h(
    'dl',
    { class: 'fields is-compact evidence-facts' },
    field(t('straightWall'), metresText(sheet.straight_m ?? row?.straight_m), null),
    ...(sheet.gates ?? [])
      .slice(0, 6)
      .map((/** @type {any} */ gate) =>
        field(t('toGate', { name: gate.name ?? gate.code }), metresText(gate.metres), null),
      ),
    field(t('walkingDistance'), row ? walkingText(row) : metresText(sheet.route?.metres), null),
    field(t('licence'), row ? licenceText(row) : '—', null),
    field(t('datum'), partsText(sheet.datum, String), null),
    field(t('accuracy'), partsText(sheet.accuracy, accuracyText), null),
    field(
      t('versions'),
      Object.entries(versions)
        .map(([name, value]) => `${tCode('part', name)} ${versionText(value)}`)
        .join(t('listJoin')) || '—',
      null,
    ),
    field(t('madeAt'), sheet.made_at ? String(sheet.made_at).slice(0, 16).replace('T', ' ') : '—', null),
  );
}

/** @param {Row} row */
export const licenceText = (row) =>
  [
    row.licence ? tCode('licence', row.licence) : '',
    row.licensed_from ? `${row.licensed_from} – ${row.licensed_until ?? ''}` : '',
  ]
    .filter(Boolean)
    .join(' · ') || '—';

/** A value of the whole, or one for school and venue each. @param {any} value @param {(each: any) => string} text */
function partsText(value, text) {
  if (value === null || value === undefined) return t('datumUnknown');
  if (typeof value !== 'object' || 'class' in value) return text(value);
  return (
    Object.entries(value)
      .map(([name, each]) => `${tCode('part', name)} ${each === null ? t('datumUnknown') : text(each)}`)
      .join(t('listJoin')) || '—'
  );
}

/** A pack and its version, the pack by its name. @param {string} text */
function packText(text) {
  const [code, ...version] = text.split(' ');
  const pack = book.data?.packs.find((each) => each.pack === code);
  const name = state().lang === 'en' ? pack?.name_en : pack?.name;
  return [name ?? code, ...version].join(' ');
}

/** @param {any} value */
const versionText = (value) =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'number'
      ? numberText(value)
      : Array.isArray(value)
        ? value.map(packText).join(t('listJoin'))
        : typeof value === 'object'
          ? Object.values(value).join(' ')
          : String(value);

export function followPairPanel() {
  detail.signal.subscribe(render);
  evidence.signal.subscribe(render);
}
