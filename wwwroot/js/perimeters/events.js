// @ts-check
import { todayText } from '../deadline.js';
import { h, styled } from '../dom.js';
import { numberText, t, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName, streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set, state } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { keyOf } from './keys.js';
import { askOnce, book, stallsOpen, summary } from './loads.js';
import { ruleText } from './names.js';
import { exportLinks } from './table.js';
import { limitText, metresText } from './verdicts.js';

/**
 * @typedef {{ issue: string, code: string | null, category: string, category_name: string, found_at: string, hour: number,
 *   shift: string, school_peak: boolean, state: string, open: boolean, street: string, school: string, school_street?: string, school_name: string, gate: string | null, metres: number,
 *   rule: string, rule_name: string, lon: number, lat: number }} Stall
 * @typedef {{ from: string, to: string, season: string | null, rows: Stall[],
 *   by_school: { school: string, school_street?: string, name: string, n: number, open: number, peak: number }[], by_hour: number[] }} Stalls
 */

export const events = /** @type {Loader<Stalls>} */ (new Loader());

export const eventsSignals = [events.signal, book.signal];

const firstRows = 40;
let allShown = false;

/** The campaigns of March–May and September–November, of this year and the last. @returns {string[]} newest first */
function seasons() {
  const today = todayText();
  const year = Number(today.slice(0, 4));
  return [`${year}-autumn`, `${year}-spring`, `${year - 1}-autumn`, `${year - 1}-spring`].filter(
    (season) => `${season.slice(0, 4)}-${season.endsWith('spring') ? '03' : '09'}-01` <= today,
  );
}

/** The season asked for; without one and without days, the newest. */
const season = () => state().season || (state().from || state().to ? '' : seasons()[0]);

/** Rules in force that speak of stalls, those from gates first. */
const stallRules = () =>
  (book.data?.rules ?? [])
    .filter(({ issue_categories: categories }) => categories?.length)
    .sort((a, b) => a.metres - b.metres);

/** Of the rules chosen in the address those that speak of stalls; none: all of them. */
const chosen = () => state().pRules.filter((id) => stallRules().some((rule) => rule.id === id));

/** What the service is asked, for the page and for the files. */
export const eventsQuery = () => ({
  street: streetCode(),
  rule: chosen().join(','),
  ...(season() ? { season: season() } : { from: state().from, to: state().to }),
});

export const loadEvents = () => askOnce(events, '/api/perimeters/events', eventsQuery());

export const eventsOpen = stallsOpen;

// A rule in the address is known for one of stalls only when the rules are there.
book.signal.subscribe(({ loading }) => {
  if (!loading && eventsOpen()) loadEvents();
});

/** Rules that the sheet is about: those chosen, else all that speak of stalls. */
export const sheetRules = () => {
  const now = chosen();
  return now.length ? stallRules().filter(({ id }) => now.includes(id)) : stallRules();
};

/** Each stall once: one inside the zones of two rules or schools has a row for each. @param {readonly Stall[]} rows */
export const distinct = (rows) => [...new Map(rows.map((row) => [keyOf(row.street, row.issue), row])).values()];

/** @param {Stalls} data */
export const seasonTitle = (data) => (data.season ? seasonText(data.season) : t('seasonDays'));

/** @param {string} code */
const seasonText = (code) => t(code.endsWith('spring') ? 'seasonSpring' : 'seasonAutumn', { year: code.slice(0, 4) });

/** Stalls inside the zones of the rules, by hour and by school: the sheet of a campaign. */
export const eventsSection = () => [
  h('p', { class: 'quiet' }, t('eventsHint')),
  h(
    'div',
    { class: 'chips', role: 'group', 'aria-label': t('seasonTitle') },
    ...seasons().map((code) =>
      h(
        'button',
        {
          type: 'button',
          class: `chip ${code === season() ? 'is-on' : ''}`,
          'aria-pressed': String(code === season()),
          data: { focus: `season-${code}`, season: code },
          on: { click: () => set({ season: code, from: '', to: '' }) },
        },
        seasonText(code),
      ),
    ),
  ),
  ruleChips(),
  h('div', { class: 'date-row' }, date('from', t('eventsFrom')), date('to', t('to'))),
  ...loadedContent(events, sheet, { rows: 8 }),
];

function ruleChips() {
  const rules = stallRules();
  if (rules.length < 2) return null;
  const now = chosen();
  return h(
    'div',
    { class: 'chips', role: 'group', 'aria-label': t('ruleFilter') },
    ...rules.map(({ id }) =>
      h(
        'button',
        {
          type: 'button',
          class: `chip ${now.includes(id) ? 'is-on' : ''}`,
          'aria-pressed': String(now.includes(id)),
          data: { focus: `stall-rule-${id}` },
          on: { click: () => set({ pRules: now.includes(id) ? now.filter((one) => one !== id) : [...now, id] }) },
        },
        ruleText(id),
      ),
    ),
  );
}

/** @param {'from' | 'to'} name @param {string} label */
const date = (name, label) =>
  h(
    'label',
    null,
    h('span', null, label),
    h('input', {
      type: 'date',
      value: state()[name] || (events.data?.[name] ?? ''),
      data: { focus: `events-${name}` },
      on: {
        change: (/** @type {any} */ event) => {
          const other = name === 'from' ? 'to' : 'from';
          if (event.target.value)
            set({ season: '', [name]: event.target.value, [other]: state()[other] || (events.data?.[other] ?? '') });
        },
      },
    }),
  );

/** @param {Stalls} data */
function sheet(data) {
  const title = data.season ? seasonText(data.season) : `${data.from} – ${data.to}`;
  const n = distinct(data.rows).length;
  const head = h(
    'div',
    null,
    h(
      'div',
      { class: 'section-title', data: { events: String(n) } },
      h('h3', null, t('eventsN', { title, n: numberText(n) })),
      h(
        'span',
        { class: 'ledger-files' },
        ...exportLinks('/api/perimeters/events', eventsQuery(), ['docx', 'xlsx', 'csv']),
      ),
    ),
    h(
      'div',
      { class: 'button-row' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          data: { focus: 'events-print' },
          on: { click: () => set({ print: true }) },
        },
        icon('print', 16),
        t('seasonSheet'),
      ),
    ),
  );
  if (data.rows.length === 0) return [head, h('p', { class: 'message', role: 'status' }, t('eventsNone'))];
  const shown = allShown ? data.rows : data.rows.slice(0, firstRows);
  return [
    head,
    hours(data.by_hour),
    h('h4', { class: 'small-title' }, t('eventsBySchool')),
    recordTable({
      caption: t('eventsBySchool'),
      rows: data.by_school,
      key: (row) => `campus:${keyOf(streetOf(row), row.school)}`,
      hover: (key) => set({ hover: key }),
      columns: [
        { text: t('kind_school'), value: (row) => schoolLink(row) },
        { text: t('eventsCount'), value: ({ n }) => numberText(n), number: true },
        { text: t('eventsPeak'), value: ({ peak }) => numberText(peak), number: true },
        { text: t('eventsOpen'), value: ({ open }) => numberText(open), number: true },
      ],
    }),
    h('h4', { class: 'small-title' }, t('eventsList')),
    recordTable({
      caption: t('eventsList'),
      rows: shown,
      key: ({ issue }) => `issue:${issue}`,
      hover: (key) => set({ hover: key }),
      columns: [
        { text: t('eventsFound'), value: (row) => issueLink(row) },
        {
          text: t('category'),
          value: (row) => (state().lang === 'en' ? categoryName(row.category) : row.category_name),
        },
        { text: t('kind_school'), value: ({ school_name: name }) => name },
        { text: t('toNearestGate'), value: ({ metres }) => metresText(metres), number: true },
        { text: t('limitWord'), value: ({ rule }) => limitOf(rule), number: true },
      ],
    }),
    shown.length < data.rows.length
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { focus: 'events-all' },
            on: {
              click: () => {
                allShown = true;
                events.signal.set(events.signal.value);
              },
            },
          },
          t('showAllN', { n: numberText(data.rows.length) }),
        )
      : null,
  ];
}

/** @param {string} id */
const limitOf = (id) => {
  const rule = book.data?.rules.find((each) => each.id === id);
  return rule ? limitText({ limit_m: rule.metres, inclusive: rule.inclusive }) : '—';
};

/** @param {Stall} row */
const issueLink = (row) =>
  h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `event-${row.issue}-${row.school}-${row.rule}` },
      on: { click: () => set({ selected: `issue:${row.issue}` }) },
    },
    `${timeText(row.found_at)}${row.school_peak ? ` ${t('peakMark')}` : ''}`,
  );

/** @param {{ school: string, school_street?: string }} row */
const streetOf = (row) =>
  row.school_street ?? summary.data?.schools.find(({ code }) => code === row.school)?.street ?? streetCode();

/** @param {{ school: string, school_street?: string, name: string }} row */
const schoolLink = (row) =>
  h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `event-school-${row.school}` },
      on: { click: () => set({ selected: `perimeter:${keyOf(streetOf(row), row.school)}` }) },
    },
    row.name,
  );

/** How many at each hour: bars with their numbers, and the same as a table for who cannot see bars. @param {number[]} byHour */
function hours(byHour) {
  const most = Math.max(1, ...byHour);
  return h(
    'table',
    { class: 'hours' },
    h('caption', { class: 'small-title' }, t('eventsByHour')),
    h(
      'tbody',
      null,
      ...byHour.map((n, hour) =>
        n === 0 && (hour < 6 || hour > 22)
          ? null
          : h(
              'tr',
              { class: isPeak(hour) ? 'is-peak' : undefined },
              h('th', { scope: 'row' }, `${String(hour).padStart(2, '0')}:00`),
              h(
                'td',
                null,
                styled(h('span', { class: 'hour-bar' }), { width: `${Math.round((n / most) * 100)}%` }),
                h('span', { class: 'hour-n' }, numberText(n)),
              ),
            ),
      ),
    ),
  );
}

/** The hours of the school run as shifts count them, 7–9 and 16–18. @param {number} hour */
export const isPeak = (hour) => hour === 7 || hour === 8 || hour === 16 || hour === 17;
