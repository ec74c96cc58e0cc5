// @ts-check
import { h } from '../dom.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { symbolIcon } from '../symbols/symbol.js';

/** @typedef {import('./types.js').Verdict} Verdict @typedef {import('./types.js').Row} Row @typedef {import('./types.js').Tally} Tally */

/** From what needs somebody most to what needs nobody. @type {readonly Verdict[]} */
export const verdicts = Object.freeze(['violating', 'disputed', 'to_be_surveyed', 'exempt', 'compliant']);

/** What is loaded unless the compliant are asked for: they are most rows and least work. */
export const pending = verdicts.slice(0, 4);

/** @param {string} verdict @returns {number} 0 is worst */
export const rank = (verdict) => {
  const place = verdicts.indexOf(/** @type {Verdict} */ (verdict));
  return place < 0 ? verdicts.length : place;
};

/** @param {readonly string[]} texts as a list in the language of the page */
export const listText = (texts) => texts.join(t('listJoin'));

/** @param {string} verdict */
export const verdictName = (verdict) => tCode('verdict', verdict);

/** @param {string} verdict the shape says it, the word beside it too; never colour alone */
export const verdictSymbol = (verdict) => `verdict_${verdict}`;

/** @param {string} verdict @param {string} [more] */
export const verdictMark = (verdict, more = '') =>
  h(
    'span',
    { class: `verdict is-${verdict}` },
    symbolIcon(verdictSymbol(verdict), 16),
    h('span', null, more ? `${verdictName(verdict)} ${more}` : verdictName(verdict)),
  );

/** Counts by symbol with the word for screen readers and as a tip; what there is none of is left out. @param {Tally} tally */
export const tallyMarks = (tally) =>
  h(
    'span',
    { class: 'tally' },
    ...verdicts
      .filter((verdict) => tally[verdict])
      .map((verdict) =>
        h(
          'span',
          { class: `tally-one is-${verdict}`, title: verdictName(verdict) },
          symbolIcon(verdictSymbol(verdict), 14),
          h('span', { class: 'tally-word' }, tCode('verdictShort', verdict)),
          h('span', { class: 'tally-n' }, numberText(tally[verdict] ?? 0)),
        ),
      ),
  );

/** @param {number | null | undefined} metres to a tenth: finer than the survey, coarser than it looks */
export const metresText = (metres) =>
  metres === null || metres === undefined ? '—' : `${numberText(metres, metres < 1000 ? 1 : 0)} ${t('metres')}`;

/** The straight distance as the rule takes it: from the wall, or from the gate. @param {Row} row */
export const straightOf = (row) => (row.from === 'campus_boundary' ? row.straight_m : (row.gate_m ?? row.straight_m));

/** @param {Row} row */
export const walkingText = (row) =>
  row.walking === 'measured' ? metresText(row.walking_m) : tCode('walking', row.walking);

/** How far, and by how much that may be off. @param {Row} row */
export const decidedText = (row) =>
  row.measured_m === null
    ? '—'
    : `${metresText(row.measured_m)}${row.uncertainty_m === null ? '' : ` ± ${numberText(row.uncertainty_m, 1)}`}`;

/** @param {{ limit_m: number, inclusive: boolean }} row */
export const limitText = (row) => `${row.inclusive ? '≤' : '<'} ${numberText(row.limit_m)} ${t('metres')}`;

/** What a rule measures, in words. @param {{ how: string, from: string }} rule */
export const methodText = (rule) =>
  t('methodOf', { how: tCode('how', rule.how), from: tCode('measureFrom', rule.from) });
