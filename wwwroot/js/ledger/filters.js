// @ts-check
import { caseCounts } from '../cases/cases.js';
import { caseFilterCount, noCaseFilters, tally } from '../cases/filters.js';
import { debounced, h } from '../dom.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { areaName, categoryName } from '../names.js';
import { set, state, toggled } from '../state.js';
import { icon } from '../symbols/symbol.js';

/** Order in which an issue goes through its states. */
const stateOrder = [
  'open',
  'reported',
  'filed',
  'dispatched',
  'extended',
  'replied',
  'rectified',
  'verified',
  'cancelled',
  'returned',
  'reopened',
  'suspended',
  'rejected',
  'merged',
  'fixed_on_spot',
  'closed',
];

/** @param {string} key @param {string} text @param {boolean} on @param {number | undefined} n @param {() => void} pick */
const option = (key, text, on, n, pick) =>
  h(
    'button',
    {
      type: 'button',
      class: `chip ${on ? 'is-on' : ''}`,
      'aria-pressed': String(on),
      data: { focus: `case-${key}`, filter: key },
      on: { click: pick },
    },
    h('span', { dir: 'auto' }, text),
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

/** Whether bodies and categories are shown; stays while the counts load. */
let moreOpen = false;

/** Every filter of the ledger with the number of issues behind each option. */
export function caseFilters() {
  const now = state();
  // What is counted is today's ledger.
  const rows = now.asOf ? null : caseCounts.data;
  const counts = (/** @type {import('../cases/filters.js').Facet} */ facet) => (rows ? tally(rows, now, facet) : null);
  const byState = counts('states');
  const byCategory = counts('category');
  const byBody = counts('body');
  const byDue = counts('overdue');
  const byLife = counts('life');
  const names = new Map((rows ?? []).map(({ body, body_name: name }) => [body ?? '', name ?? body ?? '']));
  const seen = (/** @type {Map<string, number> | null} */ map, /** @type {readonly string[]} */ chosen) => [
    ...new Set([...(map?.keys() ?? []), ...chosen]),
  ];
  return [
    h(
      'div',
      { class: 'filter-pair' },
      group(
        t('lifeFilter'),
        /** @type {const} */ (['open', 'closed']).map((life) =>
          option(
            `life-${life}`,
            t(`life_${life}`),
            now.life === life,
            byLife?.get(life) ?? (rows ? 0 : undefined),
            () => set({ life: state().life === life ? '' : life }),
          ),
        ),
      ),
      group(
        t('overdueFilter'),
        /** @type {const} */ (['true', 'false']).map((late) =>
          option(
            `overdue-${late}`,
            t(`overdue_${late}`),
            now.overdue === late,
            byDue?.get(late) ?? (rows ? 0 : undefined),
            () => set({ overdue: state().overdue === late ? '' : late }),
          ),
        ),
      ),
    ),
    group(
      t('stateFilter'),
      stateOrder
        .filter((code) => !rows || byState?.has(code) || now.states.includes(code))
        .map((code) =>
          option(
            `state-${code}`,
            tCode('state', code),
            now.states.includes(code),
            byState ? (byState.get(code) ?? 0) : undefined,
            () => set({ states: toggled(state().states, code) }),
          ),
        ),
    ),
    h(
      'details',
      {
        class: 'more-filters',
        open: moreOpen || now.body !== '' || now.category !== '',
        on: {
          toggle: (/** @type {any} */ event) => {
            moreOpen = event.target.open;
          },
        },
      },
      h('summary', { data: { focus: 'more-filters' } }, t('moreFilters')),
      group(
        t('bodyFilter'),
        seen(byBody, now.body ? [now.body] : [])
          .filter(Boolean)
          .sort((a, b) => (byBody?.get(b) ?? 0) - (byBody?.get(a) ?? 0))
          .map((code) =>
            option(`body-${code}`, names.get(code) || code, now.body === code, byBody?.get(code) ?? 0, () =>
              set({ body: state().body === code ? '' : code }),
            ),
          ),
      ),
      group(
        t('category'),
        seen(byCategory, now.category ? [now.category] : [])
          .sort((a, b) => (byCategory?.get(b) ?? 0) - (byCategory?.get(a) ?? 0))
          .map((code) =>
            option(`category-${code}`, categoryName(code), now.category === code, byCategory?.get(code) ?? 0, () =>
              set({ category: state().category === code ? '' : code }),
            ),
          ),
      ),
    ),
  ];
}

/** What is filtered, each to be taken off by itself, and one button for all. */
export function activeCaseFilters() {
  const now = state();
  if (caseFilterCount(now) === 0) return null;
  const [level, code] = now.within.split(':');
  const names = new Map((caseCounts.data ?? []).map(({ body, body_name: name }) => [body, name]));
  const chip = (/** @type {string} */ text, /** @type {Partial<import('../state.js').State>} */ off) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip is-on',
        'aria-label': t('removeFilter', { name: text }),
        data: { focus: `active-${text}` },
        on: { click: () => set(off) },
      },
      h('span', { dir: 'auto' }, text),
      icon('close', 12),
    );
  return h(
    'div',
    { class: 'active-filters in-panel', role: 'group', 'aria-label': t('activeFilters') },
    now.life ? chip(t(`life_${now.life}`), { life: '' }) : null,
    now.overdue ? chip(t(`overdue_${now.overdue}`), { overdue: '' }) : null,
    ...now.states.map((each) => chip(tCode('state', each), { states: toggled(now.states, each) })),
    now.body ? chip(names.get(now.body) ?? now.body, { body: '' }) : null,
    now.category ? chip(categoryName(now.category), { category: '' }) : null,
    now.within ? chip(level ? areaName(code) : now.within, { within: '' }) : null,
    now.from || now.to ? chip(`${now.from || '…'} – ${now.to || '…'}`, { from: '', to: '' }) : null,
    now.q ? chip(`“${now.q}”`, { q: '' }) : null,
    h('button', { type: 'button', class: 'link clear-all', on: { click: () => set(noCaseFilters) } }, t('clearAll')),
  );
}

const search = debounced(300, (/** @type {string} */ q) => set({ q }, { replace: true }));

/** Words, days of discovery, and the day the ledger is read as of. */
export function wordsAndDays() {
  const now = state();
  const day = (/** @type {'from' | 'to' | 'asOf'} */ name, /** @type {string} */ label) =>
    h(
      'label',
      null,
      h('span', null, label),
      h('input', {
        type: 'date',
        value: now[name],
        data: { focus: `case-${name}` },
        on: { change: (/** @type {any} */ event) => set({ [name]: event.target.value }) },
      }),
    );
  return h(
    'div',
    { class: 'ledger-inputs' },
    h(
      'label',
      { class: 'select-row' },
      h('span', null, t('wordsFilter')),
      h('input', {
        type: 'search',
        value: now.q,
        maxlength: 100,
        data: { focus: 'case-q' },
        on: { input: (/** @type {any} */ event) => search(event.target.value.trim()) },
      }),
    ),
    h('div', { class: 'date-row' }, day('from', t('from')), day('to', t('to')), day('asOf', t('asOf'))),
    now.asOf ? h('p', { class: 'quiet' }, t('asOfHint')) : null,
  );
}
