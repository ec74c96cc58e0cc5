// @ts-check
import { fill, h } from '../dom.js';
import { nameOf, t, tCode } from '../i18n/index.js';
import { categoryName, config } from '../names.js';
import { set, state, subscribe, defaults } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { isCompared } from './loads.js';
import { bareChoice, button, choice, dayInput, segments, whole } from './parts.js';
import {
  daysText,
  filterKeys,
  lastDays,
  levelOf,
  measureOf,
  measuresOf,
  stateOf,
  plusDays,
  stateText,
  viewKeys,
} from './question.js';

/** @typedef {import('../state.js').State} State */

/** Layers that lie over the colours; statistics are read without them. */
const overColours = ['points', 'orphans'];

/** Another kind of picture, with a window of time where it needs one. @param {State['show']} show */
function pick(show) {
  const now = state();
  const days = now.from || now.to || show === 'density' ? {} : lastDays(show === 'clusters' ? 84 : 365);
  const layers =
    show === 'density' || now.show !== 'density'
      ? now.layers
      : now.layers.filter((each) => !overColours.includes(each));
  set({ show, ...days, layers: Object.freeze([...layers]), selected: '' });
}

/** What the map shows, which issues it counts, and how. @param {HTMLElement} box */
export function buildControls(box) {
  let unfolded = false;
  const render = () => {
    const now = state();
    if (now.area !== 'situation') return;
    fill(
      box,
      h('h2', { class: 'section-title' }, t('mapShows')),
      segments(
        t('mapShows'),
        'show',
        now.show,
        ['density', 'hotspots', 'clusters', 'trends'].map((each) => [each, tCode('show', each)]),
        (value) => pick(/** @type {State['show']} */ (value)),
      ),
      chips(now),
      // On a phone they make way for the list until they are asked for.
      h(
        'details',
        {
          class: 'phone-fold',
          open: innerWidth >= 1024 || unfolded,
          on: { toggle: (/** @type {any} */ event) => (unfolded = event.target.open) },
        },
        h('summary', { data: { focus: 'fold' } }, t('filterFold')),
        filters(now),
        options(now),
      ),
      actions(now),
    );
  };
  subscribe([...filterKeys, ...viewKeys, 'area', 'lang', 'vsFrom', 'vsTo', 'step', 'table', 'twin'], render);
  render();
}

/** What is taken off by "clear all". */
const noFilters = Object.freeze({ category: '', from: '', to: '', issueState: '', shift: /** @type {const} */ ('') });

/** The filters that are on, each to be taken off. @param {State} now */
function chips(now) {
  /** @type {[string, Partial<State>][]} */
  const on = [];
  if (now.from || now.to) on.push([daysText(now), { from: '', to: '' }]);
  if (now.category) on.push([categoryName(now.category), { category: '' }]);
  if (now.issueState) on.push([stateText(now), { issueState: '' }]);
  if (now.shift) on.push([tCode('shift', now.shift), { shift: '' }]);
  return h(
    'div',
    {
      class: 'active-filters situation-chips',
      role: 'group',
      'aria-label': t('issueFilters'),
      hidden: on.length === 0,
    },
    ...on.map(([text, off], i) =>
      h(
        'button',
        {
          type: 'button',
          class: 'chip is-on',
          'aria-label': t('removeFilter', { name: text }),
          data: { focus: `chip-${i}` },
          on: { click: () => set(off) },
        },
        h('span', { dir: 'auto' }, text),
        icon('close', 14),
      ),
    ),
    on.length
      ? h(
          'button',
          {
            type: 'button',
            class: 'link clear-all',
            data: { focus: 'chips-clear' },
            on: { click: () => set(noFilters) },
          },
          t('clearAll'),
        )
      : null,
  );
}

/** @param {State} now */
function filters(now) {
  const presets = [28, 84, 365].map((n) => ({ n, ...lastDays(n) }));
  return h(
    'div',
    { class: 'situation-filters' },
    h(
      'div',
      { class: 'select-grid' },
      bareChoice(t('category'), 'category', now.category, [
        ['', t('allCategories')],
        ...config().issueCategories.map((each) => /** @type {[string, string]} */ ([each.code, nameOf(each)])),
      ]),
      bareChoice(t('state'), 'issueState', now.issueState, [
        ['', t(stateOf({ ...now, issueState: '' }) === 'all' ? 'stateAuto_all' : 'stateAuto_open')],
        ['open', t('stateOpen')],
        ['all', t('stateAll')],
        ...['reported', 'filed', 'dispatched', 'rectified', 'suspended', 'reopened', 'cancelled', 'closed'].map(
          (code) => /** @type {[string, string]} */ ([code, tCode('state', code)]),
        ),
      ]),
      bareChoice(t('shift'), 'shift', now.shift, [
        ['', t('everyShift')],
        ...['day', 'night', 'school_peak'].map(
          (code) => /** @type {[string, string]} */ ([code, tCode('shift', code)]),
        ),
      ]),
      measuresOf(now.show).length > 1 && levelOf(now) !== 'none'
        ? bareChoice(
            t('measure'),
            'measure',
            measureOf(now),
            measuresOf(now.show).map((each) => [each, `${t('measure')}${t('colon')}${tCode('measure', each)}`]),
          )
        : null,
    ),
    h(
      'div',
      { class: 'date-row' },
      dayInput(t('dayFrom'), 'from', now.from, { max: config().today }),
      dayInput(t('to'), 'to', now.to, { max: config().today }),
    ),
    h(
      'div',
      { class: 'presets', role: 'group', 'aria-label': t('presets') },
      ...presets.map(({ n, from, to }) =>
        h(
          'button',
          {
            type: 'button',
            class: 'preset',
            'aria-pressed': String(now.from === from && now.to === to),
            data: { focus: `preset-${n}` },
            on: { click: () => set({ from, to }) },
          },
          tCode('last', String(n)),
        ),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'preset',
          'aria-pressed': String(!now.from && !now.to),
          data: { focus: 'preset-all' },
          on: { click: () => set({ from: '', to: '' }) },
        },
        t('lastAll'),
      ),
    ),
  );
}

/** How it is looked at. @param {State} now */
function options(now) {
  const level = levelOf(now);
  const hex =
    level === 'hex' ? whole(t('hexSize'), 'size', now.size, { min: 50, max: 2000, step: 10, unit: t('metres') }) : null;
  if (now.show === 'clusters')
    return h(
      'div',
      { class: 'density-controls' },
      h(
        'div',
        { class: 'select-pair' },
        whole(t('epsMetres'), 'eps', now.eps, { min: 5, max: 500, unit: t('metres') }),
        whole(t('minPoints'), 'minPoints', now.minPoints, { min: 2, max: 100, unit: t('countUnit') }),
      ),
    );
  const levels = (now.show === 'density' ? ['grid', 'community', 'hex', 'none'] : ['grid', 'hex']).map(
    (each) => /** @type {[string, string]} */ ([each, tCode('by', each)]),
  );
  return h(
    'div',
    { class: 'density-controls' },
    segments(t('level'), 'density', level, levels),
    level === 'none' ? null : hex,
    now.show === 'density' && level !== 'none'
      ? choice(
          t('breaks'),
          'breaks',
          now.breaks,
          ['quantile', 'equal', 'natural'].map((each) => [each, tCode('breaks', each)]),
        )
      : null,
    now.show === 'hotspots' ? hotspotOptions(now) : null,
    now.show === 'trends' ? whole(t('weeks'), 'weeks', now.weeks, { min: 8, max: 104, unit: t('weeksUnit') }) : null,
  );
}

/** @param {State} now */
function hotspotOptions(now) {
  return h(
    'details',
    {
      class: 'more-options',
      open: now.statistic !== defaults.statistic || now.weights !== defaults.weights || now.river,
    },
    h('summary', { data: { focus: 'hot-options' } }, t('hotOptions')),
    choice(
      t('statistic'),
      'statistic',
      now.statistic,
      ['gi_star', 'local_moran'].map((each) => [each, tCode('statistic', each)]),
    ),
    choice(
      t('neighbours'),
      'weights',
      now.weights,
      ['queen', 'knn', 'distance'].map((each) => [each, tCode('weights', each)]),
    ),
    now.weights === 'knn' ? whole(t('knnK'), 'k', now.k, { min: 1, max: 64 }) : null,
    now.weights === 'distance'
      ? whole(t('bandMetres'), 'band', now.band, { min: 10, max: 5000, step: 10, unit: t('metres') })
      : null,
    h(
      'label',
      { class: 'layer-row' },
      h('input', {
        type: 'checkbox',
        checked: now.river,
        data: { focus: 'river' },
        on: { change: () => set({ river: !state().river }) },
      }),
      h('span', null, t('acrossRiver')),
    ),
  );
}

/** Time bar, comparison, print and table of what is on the map. @param {State} now */
function actions(now) {
  const colours = levelOf(now) !== 'none';
  const compared = isCompared(now);
  const table = now.table && now.twin === 'cells';
  return h(
    'div',
    { class: 'button-row situation-actions' },
    now.show === 'density' && colours && !compared
      ? button(t('timeBar'), 'act-time', () => set({ step: state().step ? '' : 'week', tick: '' }), {
          'aria-pressed': String(now.step !== ''),
        })
      : null,
    colours && now.show !== 'trends'
      ? button(t('compare'), 'act-compare', compare, { class: 'button is-wide-only', 'aria-pressed': String(compared) })
      : null,
    button(t('asTable'), 'act-table', () => set({ table: !table, twin: 'cells' }), { 'aria-pressed': String(table) }),
    button(t('printMap'), 'act-print', () => set({ print: true }), { class: 'button is-wide-only' }),
  );
}

/** The period on the map beside the one of the same length before it; without one, the last twelve weeks beside those before. */
function compare() {
  const now = state();
  if (isCompared(now)) return set({ vsFrom: '', vsTo: '' });
  const own = now.from && now.to ? { from: now.from, to: now.to } : lastDays(84);
  const length = (Date.parse(own.to) - Date.parse(own.from)) / 86400000 + 1;
  set({ ...own, vsFrom: plusDays(own.from, -length), vsTo: plusDays(own.from, -1), step: '', tick: '' });
}
