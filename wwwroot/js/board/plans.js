// @ts-check
import { get, send } from '../api.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { attempts } from '../ids.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { areaName, gridShort, streetCode, typeName } from '../names.js';
import { loadedContent, recordTable, sectionTabs } from '../parts/records.js';
import { register } from '../parts/register.js';
import { set } from '../state.js';
import { planFields, planOf } from './planForm.js';

/**
 * @typedef {'missed' | 'running' | 'upcoming' | 'done'} RunStatus
 * @typedef {{ plan: string, name: string, cadence: string, type: string, first: string, last: string, points: number,
 *   status: RunStatus, shifts: { shift: string, required: number, seen: number }[] }} Run
 * @typedef {{ runs: Run[], tally: Record<RunStatus, number>, calendar_missing: number[] }} Runs
 * @typedef {{ id: string, name: string, cadence: string, type: string, point_types: string[], communities: string[],
 *   grids: string[], points: string[], shifts: string[], share: number, starts: string, ends: string | null,
 *   working_days: boolean, note: string | null, point_count: number, revision: number }} Plan
 */

const statuses = /** @type {const} */ (['missed', 'running', 'upcoming', 'done']);
/** Runs before all are asked for. */
const firstRuns = 12;
/** Points of a run that are written out. */
const shownPoints = 200;

const runs = /** @type {Loader<Runs>} */ (new Loader());
/** One id for one content, so that a plan sent again after a lost answer is not there twice. */
const idFor = attempts();
const plans = /** @type {Loader<{ plans: Plan[] }>} */ (new Loader());
const points = /** @type {Loader<{ run: Run, rows: Record<string, any>[] }>} */ (new Loader());
/** What is looked at: which outcome, and the points of which run. */
const view = new Signal({ status: /** @type {RunStatus} */ ('missed'), run: '', all: false });

export const planSignals = [runs.signal, plans.signal, points.signal, view];

export const loadPlans = () =>
  Promise.all([
    runs.load((signal) => get('/api/plans/runs', { street: streetCode() }, signal)),
    plans.load((signal) => get('/api/plans', { street: streetCode() }, signal)),
  ]);

export const missedRuns = () => runs.data?.tally.missed;

/** @param {Run} run */
const keyOf = (run) => `${run.plan}/${run.first}`;

/** @param {{ first: string, last: string }} run */
export const daysText = ({ first, last }) =>
  first === last ? first : `${first} – ${last.slice(0, 4) === first.slice(0, 4) ? last.slice(5) : last}`;

/** @param {Run} run */
function openRun(run) {
  view.set({ ...view.value, run: keyOf(run) });
  void points.load(
    async (signal) => {
      const { features } = /** @type {import('../types.js').Features} */ (
        await get(`/api/plans/${run.plan}/run`, { first: run.first, seen: false }, signal)
      );
      return { run, rows: features.map(({ properties }) => properties) };
    },
    { forget: true },
  );
}

export const plansSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('board_plans'))),
  h('p', { class: 'quiet' }, t('plansHint')),
  ...loadedContent(
    runs,
    (data) => [
      data.calendar_missing.length
        ? h(
            'p',
            { class: 'message', role: 'note' },
            t('calendarUnknown', { years: data.calendar_missing.join(', ') }),
          )
        : null,
      sectionTabs({
        label: t('runStatus'),
        tabs: statuses.map((key) => ({ key, text: t(`run_${key}`), n: data.tally[key] })),
        now: view.value.status,
        pick: (key) => view.set({ status: /** @type {RunStatus} */ (key), run: '', all: false }),
      }),
      ...runTable(data.runs.filter(({ status }) => status === view.value.status)),
      ...pointList(),
    ],
    { rows: 6 },
  ),
  ...register({
    key: 'plans',
    title: t('planList'),
    loader: plans,
    rows: (data) => data.plans,
    id: ({ id }) => id,
    name: ({ name }) => name,
    columns: [
      { text: t('planName'), value: ({ name }) => name },
      { text: t('cadence'), value: ({ cadence }) => tCode('cadence', cadence) },
      { text: t('planType'), value: ({ type }) => tCode('planType', type), narrow: false },
      { text: t('planScope'), value: scopeText },
      { text: t('shift'), value: ({ shifts }) => shifts.map((shift) => tCode('shift', shift)).join('、') },
      { text: t('seenShare'), value: ({ share }) => t('shareOf', { n: share }), number: true },
    ],
    addText: t('addPlan'),
    fields: planFields,
    save: (values, row) => {
      const plan = planOf(values, row);
      return row
        ? send('PATCH', `/api/plans/${row.id}`, plan, { revision: row.revision })
        : send('POST', '/api/plans', { id: idFor(plan), street: streetCode(), ...plan });
    },
    empty: t('noPlans'),
    emptyHint: t('noPlansHint'),
    redraw: () => plans.signal.set(plans.signal.value),
    reload: async () => void (await loadPlans()),
  }),
];

/** @param {Plan} plan */
function scopeText(plan) {
  const where = [...plan.communities.map(areaName), ...plan.grids.map(gridShort), ...plan.points];
  const parts = [
    plan.point_types.map(typeName).join('、'),
    where.length > 4 ? `${where.slice(0, 4).join('、')} …` : where.join('、'),
    plan.working_days ? t('planWorkingDays') : '',
    plan.ends ? t('untilDay', { day: plan.ends }) : '',
  ].filter(Boolean);
  return h(
    'span',
    null,
    parts.join('，') || t('planAll'),
    h(
      'span',
      { class: `code ${plan.point_count ? '' : 'is-alarm'}` },
      plan.point_count ? t('planPointsN', { n: numberText(plan.point_count) }) : t('planNoPoints'),
    ),
  );
}

/** @param {Run[]} rows */
function runTable(rows) {
  if (rows.length === 0) return [h('p', { class: 'quiet', role: 'status' }, t('runsNone'))];
  return [
    recordTable({
      caption: t('board_plans'),
      rows: view.value.all ? rows : rows.slice(0, firstRuns),
      key: keyOf,
      mark: (run) => (run.status === 'missed' ? 'is-missed' : ''),
      columns: [
        { text: t('plan'), value: ({ name }) => name },
        { text: t('runDays'), value: daysText },
        { text: t('runSeen'), value: seenText },
        { text: t('runStatus'), value: ({ status }) => h('span', { class: `run-status is-${status}` }, t(`run_${status}`)) },
        {
          text: t('runPoints'),
          value: (run) =>
            run.first > todayText()
              ? ''
              : h(
                  'button',
                  {
                    type: 'button',
                    class: 'link',
                    'aria-label': t('runUnseen', { name: run.name, days: daysText(run) }),
                    data: { focus: `run-${keyOf(run)}`, run: keyOf(run) },
                    on: { click: () => openRun(run) },
                  },
                  t('unseenPoints'),
                ),
        },
      ],
    }),
    !view.value.all && rows.length > firstRuns
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { focus: 'runs-all' },
            on: { click: () => view.set({ ...view.value, all: true }) },
          },
          t('showAllN', { n: numberText(rows.length) }),
        )
      : null,
  ];
}

/** @param {Run} run */
const seenText = (run) =>
  h(
    'span',
    { class: 'run-shifts' },
    ...run.shifts.map(({ shift, seen, required }) =>
      h(
        'span',
        { class: seen < required && run.status === 'missed' ? 'is-short' : '' },
        `${tCode('shift', shift)} ${numberText(seen)} / ${numberText(required)}`,
      ),
    ),
  );

/** The points of the run that is open. */
function pointList() {
  if (!view.value.run) return [];
  const { data } = points;
  return [
    h(
      'div',
      { class: 'section-title' },
      h(
        'h3',
        { id: 'run-points' },
        data ? t('runUnseen', { name: data.run.name, days: daysText(data.run) }) : t('unseenPoints'),
      ),
      h(
        'button',
        { type: 'button', class: 'link', on: { click: () => view.set({ ...view.value, run: '' }) } },
        t('closeList'),
      ),
    ),
    ...loadedContent(
      points,
      ({ rows }) => [
        h('p', { class: 'quiet', role: 'status' }, t('runUnseenN', { n: numberText(rows.length) })),
        recordTable({
          caption: t('unseenPoints'),
          rows: rows.slice(0, shownPoints),
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
            {
              text: t('missingShifts'),
              value: ({ missing }) => /** @type {string[]} */ (missing).map((shift) => tCode('shift', shift)).join('、'),
            },
          ],
        }),
      ],
      { empty: ({ rows }) => rows.length === 0, emptyTitle: t('runAllSeen') },
    ),
  ];
}
