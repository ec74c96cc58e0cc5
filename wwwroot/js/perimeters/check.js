// @ts-check
import { followPosition, freshFix, position } from '../device/position.js';
import { h } from '../dom.js';
import { announce, problemBox, skeleton } from '../frame/messages.js';
import { placeFrom } from '../geo/shapeText.js';
import { nameOf, numberText, t, tCode } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { config, streetCode, venueCategoryName } from '../names.js';
import { send } from '../api.js';
import { set, state } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { citationBlock } from './citation.js';
import { distances, reasonText } from './school.js';
import { askOnce, forget, isOpen } from './loads.js';
import { ruleOf } from './names.js';
import { verdictMark } from './verdicts.js';

/** @typedef {import('./types.js').Row} Row */
/**
 * @typedef {{ lon: number, lat: number, category: string, category_name: string, street: string, day: string, verdict: string,
 *   allowed: boolean | null, deciding: Row[], others: Row[],
 *   nearest_allowed: { lon: number, lat: number, metres: number } | null, explanation: { zh: string, en: string } }} Check
 */

export const check = /** @type {Loader<Check>} */ (new Loader());
export const allowedAreas = /** @type {Loader<import('../types.js').Features>} */ (new Loader());
/** Asks the map to go to a place. */
export const goTo = new Signal(/** @type {readonly [number, number] | null} */ (null));

export const checkSignals = [check.signal, allowedAreas.signal, position];

export const checkOpen = () => isOpen() && state().section === 'check' && state().selected === '';

let said = '';

export function loadCheck() {
  if (!isOpen() || state().section !== 'check') return;
  const { pAt, pCategory, pOn, pAllowed } = state();
  if (!pAt || !pCategory) forget(check);
  else {
    const body = { lon: pAt[0], lat: pAt[1], category: pCategory, ...(pOn ? { on: pOn } : {}) };
    askOnce(check, 'POST /api/perimeters/check', { ...body }, () => send('POST', '/api/perimeters/check', body));
  }
  if (pAllowed && pCategory)
    askOnce(allowedAreas, '/api/perimeters/allowed', { street: streetCode(), category: pCategory, on: pOn });
}

check.signal.subscribe(({ loading, data }) => {
  const text = data ? `${headline(data)} ${explained(data)}` : '';
  if (!loading && text && text !== said) announce(text);
  said = text;
});

/** May such a venue open here? A place, a category, and the answer in large words. */
export const checkSection = () => {
  const { pAt, pCategory } = state();
  return [
    check.data ? null : h('p', { class: 'quiet' }, t('checkHint')),
    categoryChoice(),
    placeFields(),
    ...answer(pAt !== null && pCategory !== ''),
    pCategory ? allowedSwitch() : null,
    ...decided(),
  ];
};

function categoryChoice() {
  const { pCategory } = state();
  return h(
    'label',
    { class: 'select-row check-category' },
    h('span', null, t('venueCategory')),
    h(
      'select',
      {
        data: { focus: 'check-category' },
        on: { change: (/** @type {any} */ event) => set({ pCategory: event.target.value }) },
      },
      h('option', { value: '' }, t('choose')),
      ...config().venueCategories.map((each) =>
        h('option', { value: each.code, selected: each.code === pCategory }, nameOf(each)),
      ),
    ),
  );
}

function placeFields() {
  const { pAt } = state();
  const { fix, asking, problem } = position.value;
  const wrong = h('span', { class: 'field-error', id: 'check-wrong', hidden: true }, t('placeUnread'));
  const input = h('input', {
    type: 'text',
    class: 'check-place',
    value: pAt ? `${pAt[0]}, ${pAt[1]}` : '',
    placeholder: '106.5500, 29.5648',
    'aria-describedby': 'check-wrong',
    data: { focus: 'check-place' },
    on: {
      change: () => {
        const place = placeFrom(input.value);
        wrong.hidden = place !== null || input.value.trim() === '';
        if (place || input.value.trim() === '') set({ pAt: place });
        if (place) goTo.set(place);
      },
    },
  });
  return h(
    'div',
    { class: 'check-where' },
    h(
      'div',
      { class: 'check-line' },
      h('label', { class: 'select-row' }, h('span', null, t('checkPlace')), input),
      h(
        'button',
        {
          type: 'button',
          class: 'button check-here',
          title: t('checkHere'),
          'aria-label': t('checkHere'),
          data: { focus: 'check-here' },
          on: {
            click: () => {
              const now = freshFix();
              if (now) useFix(now);
              else waitForFix();
            },
          },
        },
        icon('locate', 18),
      ),
    ),
    wrong,
    asking && !fix ? h('p', { class: 'quiet' }, t('checkLocating')) : null,
    problem && !fix ? h('p', { class: 'message is-warning' }, t('checkNoFix')) : null,
  );
}

let waiting = false;

function waitForFix() {
  waiting = true;
  followPosition();
}

position.subscribe(({ fix }) => {
  if (!waiting || !fix) return;
  waiting = false;
  useFix(fix);
});

/** @param {{ lon: number, lat: number }} fix */
function useFix({ lon, lat }) {
  set({ pAt: [lon, lat] });
  goTo.set([lon, lat]);
}

function allowedSwitch() {
  const on = state().pAllowed;
  const { problem, loading, data } = allowedAreas.signal.value;
  return h(
    'div',
    null,
    h(
      'label',
      { class: 'layer-row' },
      h('input', {
        type: 'checkbox',
        checked: on,
        data: { focus: 'check-allowed' },
        on: { change: () => set({ pAllowed: !state().pAllowed }) },
      }),
      h('span', null, t('allowedMap', { category: venueCategoryName(state().pCategory) })),
    ),
    on
      ? h(
          'ul',
          { class: 'allowed-legend' },
          ...['allowed', 'unsure', 'forbidden'].map((status) =>
            h('li', null, h('span', { class: `allowed-key is-${status}` }), tCode('area', status)),
          ),
        )
      : null,
    on && problem ? problemBox(problem, () => void allowedAreas.again(), '') : null,
    on && loading && !data ? h('p', { class: 'quiet' }, t('loading')) : null,
  );
}

/** @param {Check} data */
const explained = ({ explanation }) => (state().lang === 'en' ? explanation.en : explanation.zh);

/** @param {Check} data */
const headline = ({ allowed, verdict }) =>
  allowed === true
    ? t('checkYes')
    : allowed === false
      ? t('checkNo')
      : verdict === 'no_rule'
        ? t('checkNoRule')
        : t('checkUnsure');

/** @param {boolean} asked */
function answer(asked) {
  if (!asked) return [h('p', { class: 'message' }, t('checkAsk'))];
  const { loading, data, problem } = check.signal.value;
  if (problem?.code === 'outside-coverage')
    return [h('p', { class: 'message is-warning', role: 'status' }, t('checkOutside'))];
  if (problem) return [problemBox(problem, () => void check.again(), '')];
  if (!data) return loading ? [skeleton(5)] : [];
  const look = data.allowed === true ? 'is-yes' : data.allowed === false ? 'is-no' : 'is-unsure';
  return [
    h(
      'section',
      {
        class: `check-answer ${look}`,
        'aria-label': t('checkAnswer'),
        data: { allowed: String(data.allowed), verdict: data.verdict },
      },
      h(
        'p',
        { class: 'check-word' },
        icon(data.allowed === true ? 'check' : data.allowed === false ? 'close' : 'warning', 30),
        h('span', null, headline(data)),
      ),
      h('p', { dir: 'auto' }, explained(data)),
    ),
    data.nearest_allowed && data.allowed !== true ? nearest(data.nearest_allowed) : null,
  ];
}

/** The schools and rules behind the answer. */
function decided() {
  const { data, problem } = check.signal.value;
  if (!data || problem) return [];
  return [...rowsOf(t('checkDeciding'), data.deciding), ...(data.others.length ? [others(data.others)] : [])];
}

/** @param {{ lon: number, lat: number, metres: number }} place */
const nearest = ({ lon, lat, metres }) =>
  h(
    'p',
    { class: 'check-nearest' },
    h('span', null, t('nearestAllowed', { m: numberText(metres) })),
    h(
      'button',
      { type: 'button', class: 'button', data: { focus: 'check-nearest' }, on: { click: () => goTo.set([lon, lat]) } },
      icon('target', 16),
      t('seeOnMap'),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        data: { focus: 'check-there' },
        on: { click: () => set({ pAt: [lon, lat] }) },
      },
      t('checkThere'),
    ),
  );

/** @param {string} title @param {Row[]} rows */
const rowsOf = (title, rows) =>
  rows.length
    ? [
        h('h3', { class: 'small-title' }, title),
        h('ul', { class: 'rows check-rows' }, ...rows.map((row) => h('li', null, ruleRow(row)))),
      ]
    : [];

/** @param {Row[]} rows */
const others = (rows) =>
  h(
    'details',
    { class: 'more-filters' },
    h('summary', { data: { focus: 'check-others' } }, t('checkOthers', { n: rows.length })),
    h('ul', { class: 'rows check-rows' }, ...rows.map((row) => h('li', null, ruleRow(row)))),
  );

/** @param {Row} row */
const ruleRow = (row) =>
  h(
    'div',
    { class: 'rule-row', data: { rule: row.rule, school: row.school } },
    h('p', { class: 'row-title' }, verdictMark(row.verdict), ' ', h('span', { dir: 'auto' }, row.school_name)),
    h('p', { class: 'row-note', dir: 'auto' }, ruleOf(row)),
    distances(row),
    h('p', { class: 'row-note', dir: 'auto' }, reasonText(row)),
    citationBlock(row),
  );
