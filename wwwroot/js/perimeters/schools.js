// @ts-check
import { debounced, h } from '../dom.js';
import { emptyBox, problemBox } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { loadedContent } from '../parts/records.js';
import { set, state } from '../state.js';
import { activePerimeterFilters, otherFilters, verdictFilter } from './filters.js';
import { keyOf } from './keys.js';
import { book, compliance, schools, shownZones, summary, toggleZone, zones } from './loads.js';
import { facets, filteredPairs, tallyOf, worstIn } from './rows.js';
import { rank, tallyMarks } from './verdicts.js';
import { categoryOf, ruleText } from './names.js';
import { zoneStyle } from './zoneStyles.js';

/** @typedef {import('./types.js').SchoolSum} SchoolSum @typedef {import('./types.js').Tally} Tally */

/** Zones of so many rules are offered before the rest are asked for. */
const firstZones = 6;
let allZones = false;
/** Whether the zones are unfolded; on a phone the list of schools comes first. */
let zonesOpen = innerWidth >= 1024;

export const schoolsSignals = [schools.signal, summary.signal, compliance.signal, book.signal, zones];

/** The schools of the street, the one that needs most attention first. */
export const schoolsSection = () => [
  activePerimeterFilters(),
  verdictFilter(),
  searchBox(),
  h('div', { class: 'per-folds' }, otherFilters(), zoneChips()),
  ...troubles(),
  ...loadedContent(summary, (data) => [networkNote(data), ...rows(data), ...unruledNote(data), ...duplicates(data)], {
    rows: 8,
    empty: (data) => data.schools.length === 0,
    emptyTitle: t('noSchools'),
    emptyHint: t('noSchoolsHint'),
  }),
];

/** What of the map and the filters could not be loaded; the list itself says so in its own place. */
const troubles = () =>
  [schools, compliance, book].map((loader) => {
    const { problem } = loader.signal.value;
    return problem && problemBox(problem, () => void loader.again(), '');
  });

const lookFor = debounced(250, (/** @type {string} */ text) => set({ pq: text.trim() }, { replace: true }));

function searchBox() {
  return h(
    'div',
    { class: 'per-tools' },
    h('input', {
      type: 'search',
      class: 'per-search',
      maxlength: 60,
      value: state().pq,
      placeholder: t('searchSchools'),
      'aria-label': t('searchSchools'),
      data: { focus: 'per-q' },
      on: { input: (/** @type {any} */ event) => lookFor(event.target.value) },
    }),
    h(
      'label',
      { class: 'per-day' },
      h('span', null, t('asOfDay')),
      h('input', {
        type: 'date',
        value: state().pOn || (summary.data?.day ?? ''),
        data: { focus: 'per-on' },
        on: { change: (/** @type {any} */ event) => set({ pOn: event.target.value }) },
      }),
    ),
  );
}

/** Which rules' zones are drawn. */
function zoneChips() {
  const rules = book.data?.rules ?? [];
  if (rules.length === 0) return null;
  const shown = shownZones();
  const offered = rules.filter(({ id }, i) => allZones || i < firstZones || shown.includes(id));
  const details = h(
    'details',
    { class: 'more-filters filter-group', open: zonesOpen },
    h('summary', { data: { focus: 'per-zones' } }, t('zonesOnMap'), h('span', { class: 'chip-n' }, shown.length)),
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': t('zonesOnMap') },
      ...offered.map(({ id, metres }) => {
        const on = shown.includes(id);
        return h(
          'button',
          {
            type: 'button',
            class: `chip ${on ? 'is-on' : ''}`,
            'aria-pressed': String(on),
            data: { focus: `zone-${id}`, zone: id },
            on: { click: () => toggleZone(id) },
          },
          on ? h('span', { class: `zone-key is-${zoneStyle(shown.indexOf(id)).name}` }) : null,
          h('span', { dir: 'auto' }, ruleText(id)),
          h('span', { class: 'chip-n' }, `${numberText(metres)} ${t('metres')}`),
        );
      }),
      offered.length < rules.length
        ? h(
            'button',
            {
              type: 'button',
              class: 'link',
              on: {
                click: () => {
                  allZones = true;
                  book.signal.set(book.signal.value);
                },
              },
            },
            t('showAllN', { n: rules.length }),
          )
        : null,
    ),
  );
  details.addEventListener('toggle', () => {
    zonesOpen = details.open;
  });
  return details;
}

/** @param {import('./types.js').Summary} data */
const networkNote = ({ network }) => (network.loaded ? null : h('p', { class: 'message is-warning' }, t('noNetwork')));

/** @param {import('./types.js').Summary} data */
function rows(data) {
  const filtered = facets.some((facet) => facet !== 'pq' && state()[facet].length > 0);
  const q = state().pq.trim().toLowerCase();
  const pairs = compliance.data ? filteredPairs(compliance.data.rows) : [];
  /** @type {Map<string, import('./types.js').Pair[]>} */
  const bySchool = new Map();
  for (const pair of pairs) bySchool.set(pair.school, [...(bySchool.get(pair.school) ?? []), pair]);
  const shown = data.schools
    .map((school) => {
      const key = keyOf(school.street, school.code);
      const tally = filtered ? tallyOf(bySchool.get(key) ?? []) : school.verdicts;
      return { school, key, tally, worst: worstIn(tally) };
    })
    .filter(
      ({ school, key, worst }) =>
        (!filtered || worst !== null) &&
        (!q || bySchool.has(key) || [school.name, school.code].some((text) => text.toLowerCase().includes(q))),
    )
    .sort(
      (a, b) =>
        rank(a.worst ?? '') - rank(b.worst ?? '') ||
        (b.tally[b.worst ?? 'compliant'] ?? 0) - (a.tally[a.worst ?? 'compliant'] ?? 0),
    );
  return [
    h(
      'h3',
      { class: 'section-title per-count', data: { schools: String(shown.length) } },
      t('schoolsN', { n: numberText(shown.length) }),
      h('span', { class: 'section-note' }, t('dayOf', { day: data.day })),
    ),
    compliance.data?.more
      ? h('p', { class: 'message is-warning' }, t('rowsCut', { n: numberText(compliance.data.rows.length) }))
      : null,
    shown.length ? list(shown.map(schoolRow)) : emptyBox(t('noSchoolFits'), t('noSchoolFitsHint')),
  ];
}

/** @param {{ school: SchoolSum, key: string, tally: Tally, worst: string | null }} row */
const schoolRow = ({ school, key, tally, worst }) =>
  rowButton({
    key: `campus:${key}`,
    symbol: worst ? `verdict_${worst}` : 'school',
    title: school.name,
    note: [
      tCode('schoolKind', school.kind),
      school.neighbour ? t('neighbour') : '',
      // Most schools lack a mark for their main gate: said in the detail, not in every row.
      ...school.notes.filter((note) => note !== 'no_main_gate').map((note) => tCode('note', note)),
      ...(school.beyond ?? []).map((each) => t('beyond', { street: each.street_name, n: numberText(each.violating) })),
    ]
      .filter(Boolean)
      .join(' · '),
    end: worst ? tallyMarks(tally) : h('span', { class: 'quiet' }, t('nothingNear')),
    open: () => set({ selected: `perimeter:${key}`, panel: true }),
    hover: (on) => set({ hover: on ? `campus:${key}` : '' }),
  });

/** Categories that no rule covers are listed: silence is not an answer. @param {{ unruled: import('./types.js').Unruled[] }} data */
export const unruledNote = ({ unruled }) =>
  unruled.length
    ? [
        h('h3', { class: 'small-title' }, t('unruledTitle')),
        h('p', { class: 'quiet' }, t('unruledHint')),
        h(
          'ul',
          { class: 'notes unruled' },
          ...unruled.map(({ name, category, venues }) =>
            h(
              'li',
              { data: { unruled: category } },
              t('unruledOne', { name: categoryOf({ category, category_name: name }), n: numberText(venues) }),
            ),
          ),
        ),
      ]
    : [];

/** @param {import('./types.js').Summary} data */
const duplicates = ({ duplicates: found }) =>
  found.length
    ? [
        h('h3', { class: 'small-title' }, t('duplicatesTitle', { n: numberText(found.length) })),
        h('p', { class: 'quiet' }, t('duplicatesHint')),
        h(
          'ul',
          { class: 'notes' },
          ...found
            .slice(0, 20)
            .map(({ venues, metres }) =>
              h(
                'li',
                { dir: 'auto' },
                t('duplicateOne', { codes: venues.join(t('listJoin')), m: numberText(metres, 1) }),
              ),
            ),
        ),
      ]
    : [];
