// @ts-check
import { h } from '../dom.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { set, state, toggled } from '../state.js';
import { icon, symbolIcon } from '../symbols/symbol.js';
import { compliance, summary, withCompliant } from './loads.js';
import { categoryOf, ruleText } from './names.js';
import { countBy, facets, filteredPairs, tallyOf } from './rows.js';
import { verdictName, verdicts, verdictSymbol } from './verdicts.js';

/** @typedef {import('./rows.js').Facet} Facet */

/** @param {string} key @param {(Node | string)[]} content @param {boolean} on @param {number | undefined} n @param {() => void} pick */
const option = (key, content, on, n, pick) =>
  h(
    'button',
    {
      type: 'button',
      class: `chip ${on ? 'is-on' : ''}`,
      'aria-pressed': String(on),
      data: { focus: `per-${key}`, filter: key },
      on: { click: pick },
    },
    ...content,
    n === undefined ? null : h('span', { class: 'chip-n' }, numberText(n)),
  );

/** @param {string} title @param {HTMLElement[]} options */
const group = (title, options) =>
  options.length
    ? h(
        'div',
        { class: 'filter-group' },
        h('h3', { class: 'small-title' }, title),
        h('div', { class: 'chips', role: 'group', 'aria-label': title }, ...options),
      )
    : null;

/** @param {'pVerdicts' | 'pCategories' | 'pKinds' | 'pRules'} facet @param {string} value */
const pick = (facet, value) => () => set({ [facet]: toggled(state()[facet], value) });

/** Other filters than the verdict's are on: the summary's figures are then of too much. */
const narrowed = () => facets.some((facet) => facet !== 'pVerdicts' && state()[facet].length > 0);

/** How many pairs there are of each verdict; of the compliant only where that is known. */
function verdictCounts() {
  if (!compliance.data) return null;
  const tally = tallyOf(filteredPairs(compliance.data.rows, 'pVerdicts'));
  const compliant = withCompliant() ? (tally.compliant ?? 0) : narrowed() ? undefined : summary.data?.tally.compliant;
  return { ...tally, compliant };
}

/** The verdicts with their counts stand first and always; they are the legend of the map as well. */
export function verdictFilter() {
  const counts = verdictCounts();
  return h(
    'div',
    { class: 'chips verdict-chips', role: 'group', 'aria-label': t('verdictFilter') },
    ...verdicts.map((verdict) =>
      option(
        `verdict-${verdict}`,
        [symbolIcon(verdictSymbol(verdict), 16), h('span', null, verdictName(verdict))],
        state().pVerdicts.includes(verdict),
        counts === null ? undefined : verdict === 'compliant' ? counts.compliant : (counts[verdict] ?? 0),
        pick('pVerdicts', verdict),
      ),
    ),
  );
}

/** Whether the other filters are unfolded; stays while the figures load. */
let moreOpen = false;

export function otherFilters() {
  const rows = compliance.data?.rows ?? [];
  const now = state();
  const byCategory = countBy(filteredPairs(rows, 'pCategories'), ({ worst }) => [worst.category]);
  const byKind = countBy(filteredPairs(rows, 'pKinds'), ({ worst }) => [worst.school_kind]);
  const byRule = countBy(filteredPairs(rows, 'pRules'), (pair) => pair.rows.map(({ rule }) => rule));
  const known = (/** @type {Map<string, number>} */ counts, /** @type {readonly string[]} */ chosen) => [
    ...new Set([...[...counts].sort(([, a], [, b]) => b - a).map(([code]) => code), ...chosen]),
  ];
  const details = h(
    'details',
    { class: 'more-filters', open: moreOpen },
    h('summary', { data: { focus: 'per-more' } }, t('moreSchoolFilters')),
    group(
      t('venueCategory'),
      known(byCategory, now.pCategories).map((code) =>
        option(
          `category-${code}`,
          [categoryText(code)],
          now.pCategories.includes(code),
          byCategory.get(code) ?? 0,
          pick('pCategories', code),
        ),
      ),
    ),
    group(
      t('schoolKind'),
      known(byKind, now.pKinds).map((code) =>
        option(
          `kind-${code}`,
          [tCode('schoolKind', code)],
          now.pKinds.includes(code),
          byKind.get(code) ?? 0,
          pick('pKinds', code),
        ),
      ),
    ),
    group(
      t('ruleFilter'),
      known(byRule, now.pRules).map((id) =>
        option(`rule-${id}`, [ruleText(id)], now.pRules.includes(id), byRule.get(id) ?? 0, pick('pRules', id)),
      ),
    ),
  );
  details.addEventListener('toggle', () => {
    moreOpen = details.open;
  });
  return details;
}

/** @param {string} code */
const categoryText = (code) => categoryOf({ category: code });

/** What is active, each with a way out, and one that clears all. */
export function activePerimeterFilters() {
  const now = state();
  /** @type {[string, string, () => void][]} */
  const active = [
    ...now.pVerdicts.map((code) => entry('pVerdicts', code, verdictName(code))),
    ...now.pCategories.map((code) => entry('pCategories', code, categoryText(code))),
    ...now.pKinds.map((code) => entry('pKinds', code, tCode('schoolKind', code))),
    ...now.pRules.map((id) => entry('pRules', id, ruleText(id))),
  ];
  if (now.pq) active.push(['pq', t('searchFor', { q: now.pq }), () => set({ pq: '' })]);
  if (now.pOn) active.push(['pOn', t('onDay', { day: now.pOn }), () => set({ pOn: '' })]);
  if (active.length === 0) return null;
  return h(
    'div',
    { class: 'active-filters', role: 'group', 'aria-label': t('activeFilters') },
    ...active.map(([key, text, run]) =>
      h(
        'button',
        {
          type: 'button',
          class: 'chip is-on',
          'aria-label': t('removeFilter', { name: text }),
          data: { focus: `per-off-${key}` },
          on: { click: run },
        },
        h('span', { dir: 'auto' }, text),
        icon('close', 14),
      ),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'link clear-all',
        data: { focus: 'per-clear' },
        on: { click: () => set({ pVerdicts: [], pCategories: [], pKinds: [], pRules: [], pq: '', pOn: '' }) },
      },
      t('clearAll'),
    ),
  );
}

/** @param {'pVerdicts' | 'pCategories' | 'pKinds' | 'pRules'} facet @param {string} value @param {string} text @returns {[string, string, () => void]} */
const entry = (facet, value, text) => [`${facet}-${value}`, text, pick(facet, value)];
