// @ts-check
import { get } from '../api.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { areaName, gridShort, streetCode, typeName } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set, state, subscribe } from '../state.js';

/**
 * @typedef {{ points: number, points_seen: number, metres: number, seen_metres: number, unseen_metres: number }} Sums
 * @typedef {Record<'any' | 'day' | 'night' | 'school_peak', Sums>} Totals
 * @typedef {import('../types.js').Features & { from: string, to: string, shift: string | null, totals: Totals,
 *   communities: { code: string | null, name: string | null, totals: Totals }[] }} Coverage
 */

const shifts = /** @type {const} */ (['any', 'day', 'night', 'school_peak']);
const dayMs = 86_400_000;
/** Rows of the lists before all are asked for. */
const firstRows = 20;

export const coverage = /** @type {Loader<Coverage>} */ (new Loader());
const allShown = new Signal(false);

export const coverageSignals = [coverage.signal, allShown];

export const coverageOpen = () => state().area === 'board' && state().section === 'coverage';

/** @param {string} day @param {number} days */
const plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** @param {string} day @returns {string} the Monday of its week */
export const mondayOf = (day) => plus(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

const window_ = () => {
  const from = state().from || mondayOf(state().to || todayText());
  return { from, to: state().to || plus(from, 6) };
};

/** The map of a whole street is large: it comes when it is looked at, not with the board. */
export async function loadCoverage() {
  if (!coverageOpen()) return;
  await coverage.load((signal) =>
    get('/api/patrol-coverage', { street: streetCode(), ...window_(), shift: state().shift }, signal),
  );
}

subscribe(['section', 'from', 'to', 'shift'], () => void loadCoverage());

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole > 0 ? `${numberText((part / whole) * 100, 0)} %` : '—');

export const coverageFigure = () => {
  const sums = coverage.data?.totals.any;
  return sums ? percent(sums.seen_metres, sums.metres) : undefined;
};

/** Everything that changes what is loaded. */
function controls() {
  const { from, to } = window_();
  const monday = mondayOf(todayText());
  const week = (/** @type {string} */ text, /** @type {string} */ first, /** @type {string} */ key) =>
    h(
      'button',
      {
        type: 'button',
        class: `chip ${from === first && to === plus(first, 6) ? 'is-on' : ''}`,
        'aria-pressed': String(from === first && to === plus(first, 6)),
        data: { focus: key },
        on: { click: () => set({ from: first, to: plus(first, 6) }) },
      },
      text,
    );
  const date = (/** @type {'from' | 'to'} */ name, /** @type {string} */ label, /** @type {string} */ value) =>
    h(
      'label',
      null,
      h('span', null, label),
      h('input', {
        type: 'date',
        value,
        data: { focus: `coverage-${name}` },
        on: { change: (/** @type {any} */ event) => event.target.value && set({ [name]: event.target.value }) },
      }),
    );
  return [
    h(
      'div',
      { class: 'chips' },
      week(t('coverageThisWeek'), monday, 'coverage-this'),
      week(t('coverageLastWeek'), plus(monday, -7), 'coverage-last'),
    ),
    h(
      'div',
      { class: 'chips' },
      ...shifts.map((shift) => {
        const on = (state().shift || 'any') === shift;
        return h(
          'button',
          {
            type: 'button',
            class: `chip ${on ? 'is-on' : ''}`,
            'aria-pressed': String(on),
            data: { focus: `coverage-${shift}`, shift },
            on: { click: () => set({ shift: shift === 'any' ? '' : shift }) },
          },
          shift === 'any' ? t('anyShift') : tCode('shift', shift),
        );
      }),
    ),
    h('div', { class: 'date-row' }, date('from', t('coverageFrom'), from), date('to', t('to'), to)),
  ];
}

/** @param {string} label @param {string} value @param {string} [mark] */
const figure = (label, value, mark = '') =>
  h(
    'div',
    { class: `figure ${mark}` },
    h('dt', { class: 'figure-label' }, label),
    h('dd', { class: 'figure-value' }, value),
  );

/** @param {number} metres */
const metresText = (metres) => `${numberText(metres)} ${t('metres')}`;

export const coverageSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('board_coverage'))),
  h('p', { class: 'quiet' }, t('coverageHint')),
  ...controls(),
  ...loadedContent(
    coverage,
    (data) => {
      const sums = data.totals[data.shift === null ? 'any' : /** @type {'day'} */ (data.shift)];
      return [
        h(
          'dl',
          { class: 'figures is-four', data: { coverage: `${data.from}/${data.to}/${data.shift ?? 'any'}` } },
          figure(t('unseenMetres'), metresText(sums.unseen_metres), 'is-overdue'),
          figure(t('seenMetres'), metresText(sums.seen_metres)),
          figure(t('unseenPoints'), numberText(sums.points - sums.points_seen), 'is-overdue'),
          figure(t('seenPoints'), numberText(sums.points_seen)),
        ),
        h(
          'p',
          { class: 'coverage-legend' },
          h('span', { class: 'coverage-key is-unseen' }),
          t('coverageUnseen'),
          h('span', { class: 'coverage-key is-seen' }),
          t('coverageSeen'),
        ),
        byShift(data),
        byCommunity(data),
        ...unseenLists(data),
      ];
    },
    { rows: 8 },
  ),
];

/** @param {Coverage} data */
const byShift = (data) =>
  recordTable({
    caption: t('shift'),
    rows: shifts.map((shift) => ({ shift, sums: data.totals[shift] })),
    columns: [
      { text: t('shift'), value: ({ shift }) => (shift === 'any' ? t('anyShift') : tCode('shift', shift)) },
      ...sumColumns((/** @type {{ sums: Sums }} */ row) => row.sums),
    ],
  });

/** @param {Coverage} data */
const byCommunity = (data) => {
  const shift = data.shift === null ? 'any' : /** @type {'day'} */ (data.shift);
  return recordTable({
    caption: t('community'),
    rows: data.communities,
    columns: [
      { text: t('community'), value: ({ code, name }) => name ?? (code ? areaName(code) : t('outsideCommunities')) },
      ...sumColumns((/** @type {{ totals: Totals }} */ row) => row.totals[shift]),
    ],
  });
};

/** @template R @param {(row: R) => Sums} of @returns {import('../parts/records.js').Column<R>[]} */
const sumColumns = (of) => [
  { text: t('unseenMetres'), value: (row) => numberText(of(row).unseen_metres), number: true },
  { text: t('seenMetres'), value: (row) => numberText(of(row).seen_metres), number: true, narrow: false },
  { text: t('seenShare'), value: (row) => percent(of(row).seen_metres, of(row).metres), number: true },
  { text: t('unseenPoints'), value: (row) => numberText(of(row).points - of(row).points_seen), number: true },
  { text: t('seenPoints'), value: (row) => numberText(of(row).points_seen), number: true, narrow: false },
];

/** The twin of the map: what nobody saw, the longest stretches first. @param {Coverage} data */
function unseenLists(data) {
  const unseen = data.features.map(({ properties }) => properties).filter(({ seen }) => !seen);
  if (unseen.length === 0) return [h('p', { class: 'message', role: 'status' }, t('coverageAll'))];
  const roads = unseen.filter(({ kind }) => kind === 'road').sort((a, b) => b.metres - a.metres);
  const points = unseen.filter(({ kind }) => kind === 'point');
  const n = allShown.value ? Infinity : firstRows;
  return [
    h('h4', { class: 'small-title' }, t('unseenRoads', { n: Math.min(n, roads.length) })),
    recordTable({
      caption: t('unseenMetres'),
      rows: roads.slice(0, n),
      columns: [
        { text: t('streetPiece'), value: ({ name }) => name ?? t('noNameRoad') },
        { text: t('community'), value: ({ community }) => (community ? areaName(community) : t('outsideCommunities')) },
        { text: t('lengthMetres'), value: ({ metres }) => numberText(metres), number: true },
      ],
    }),
    h('h4', { class: 'small-title' }, t('unseenList', { n: numberText(points.length) })),
    recordTable({
      caption: t('unseenPoints'),
      rows: points.slice(0, n),
      key: ({ code }) => `point:${code}`,
      hover: (key) => set({ hover: key }),
      columns: [
        {
          text: t('kind_point'),
          value: ({ code, name }) =>
            h('button', { type: 'button', class: 'link', on: { click: () => set({ selected: `point:${code}` }) } }, name),
        },
        { text: t('type'), value: ({ type }) => typeName(type), narrow: false },
        { text: t('grid'), value: ({ grid }) => gridShort(grid) },
        { text: t('lengthMetres'), value: ({ metres }) => (metres === null ? '' : numberText(metres)), number: true },
      ],
    }),
    !allShown.value && Math.max(roads.length, points.length) > firstRows
      ? h(
          'button',
          { type: 'button', class: 'button', on: { click: () => allShown.set(true) } },
          t('showAllN', { n: numberText(roads.length + points.length) }),
        )
      : null,
  ];
}

/** Three lines for the map. @param {import('../types.js').Feature} feature */
export const coverageTip = ({ properties: p }) =>
  p.kind === 'road'
    ? [p.name ?? t('noNameRoad'), t(p.seen ? 'roadTip_seen' : 'roadTip_unseen', { m: numberText(p.metres) })]
    : [
        p.name,
        p.seen ? t('lastSeen', { time: timeText(p.last_visit) }) : t('neverSeen'),
        p.metres === null ? '' : metresText(p.metres),
      ].filter(Boolean);
