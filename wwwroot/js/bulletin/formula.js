// @ts-check
import { ApiProblem, get, send } from '../api.js';
import { h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { isShare, loadShelf, mayDecide, measureName, shelf } from './bulletins.js';

/** @typedef {import('./bulletins.js').Formula} Formula @typedef {import('./bulletins.js').Indicator} Indicator */
/** @typedef {Formula & { available: { community: string[], body: string[] } }} Known */

export const formula = /** @type {Loader<Known>} */ (new Loader());
export const loadFormula = () =>
  formula.load((signal) => get('/api/grading-formula', { street: streetCode() }, signal));

/** @param {string} code @param {number} value a share in percent */
const shown = (code, value) => (isShare(code) ? Math.round(value * 1e6) / 1e4 : value);

/** @param {string} code @param {number} value */
const endText = (code, value) => `${numberText(shown(code, value), shown(code, value) % 1 ? 2 : 0)}${isShare(code) ? '%' : ''}`;

/** The formula, to be read; and by those who decide it, to be changed. @returns {(Node | null | false)[]} */
export const formulaContent = () =>
  loadedContent(formula, (known) => [
    h('p', null, t('formulaHow')),
    h(
      'p',
      { class: 'quiet' },
      t(known.own ? 'formulaOwn' : 'formulaStandard', { n: known.version }),
      ' ',
      t('formulaKept'),
    ),
    ...(mayDecide() ? [editor(known), weekday()] : [...formulaTables(known)]),
  ]);

/** A formula to be read, as it stands in a bulletin. @param {Formula} known @returns {Node[]} */
export const formulaTables = (known) => [
  h(
    'p',
    null,
    t('formulaGrades', {
      excellent: numberText(known.grades.excellent),
      good: numberText(known.grades.good),
      fair: numberText(known.grades.fair),
    }),
  ),
  ...[
    { title: t('byCommunity'), list: known.communities },
    { title: t('byBody'), list: known.bodies },
  ].flatMap(({ title, list }) => [
    h('h3', { class: 'small-title' }, title),
    recordTable({
      caption: title,
      rows: list,
      columns: [
        { text: t('bulletinIndicator'), value: ({ indicator }) => measureName(indicator) },
        { text: t('bulletinWeight'), value: ({ weight }) => numberText(weight, weight % 1 ? 1 : 0), number: true },
        { text: t('formulaZero'), value: (each) => endText(each.indicator, each.zero_at), number: true },
        { text: t('formulaFull'), value: (each) => endText(each.indicator, each.full_at), number: true },
      ],
    }),
  ]),
];

/** @param {Known} known */
function editor(known) {
  const min = input('min_tasks', known.min_tasks, t('formulaMin'));
  const grades = /** @type {const} */ (['excellent', 'good', 'fair']).map((name) => ({
    name,
    element: input(name, known.grades[name], t(`formula_${name}`)),
  }));
  const sides = /** @type {const} */ ([
    ['communities', 'community', t('byCommunity'), known.communities],
    ['bodies', 'body', t('byBody'), known.bodies],
  ]).map(([member, subject, title, list]) => ({
    member,
    title,
    rows: known.available[subject].map((code) => row(subject, code, list.find(({ indicator }) => indicator === code))),
  }));
  const trouble = h('div');
  const save = h('button', { type: 'submit', class: 'button is-primary', data: { focus: 'formula-save' } }, t('formulaSave'));
  const label = (/** @type {string} */ text, /** @type {HTMLElement} */ element) =>
    h('label', { class: 'formula-label' }, h('span', null, text), element);
  return h(
    'form',
    {
      class: 'formula',
      novalidate: true,
      'aria-label': t('formulaTitle'),
      on: {
        submit: async (/** @type {Event} */ event) => {
          event.preventDefault();
          save.disabled = true;
          trouble.replaceChildren();
          try {
            await send(
              'PUT',
              '/api/grading-formula',
              {
                version: known.version,
                min_tasks: Number(min.value),
                ...Object.fromEntries(grades.map(({ name, element }) => [name, Number(element.value)])),
                ...Object.fromEntries(sides.map(({ member, rows }) => [member, rows.flatMap((each) => each.value())])),
              },
              { query: { street: streetCode() } },
            );
            announce(t('formulaSaved'));
            await loadFormula();
          } catch (reason) {
            if (!(reason instanceof ApiProblem)) throw reason;
            trouble.replaceChildren(problemBox(reason, null, ''));
          } finally {
            save.disabled = false;
          }
        },
      },
    },
    h(
      'div',
      { class: 'formula-numbers' },
      ...grades.map(({ name, element }) => label(t(`formula_${name}`), element)),
      label(t('formulaMin'), min),
    ),
    ...sides.flatMap(({ title, rows }) => [
      h('h3', { class: 'small-title' }, title),
      recordTable({
        caption: title,
        rows,
        columns: [
          { text: t('bulletinIndicator'), value: ({ code }) => measureName(code) },
          { text: t('bulletinWeight'), value: ({ weight }) => weight, number: true },
          { text: t('formulaZero'), value: ({ zero }) => zero, number: true },
          { text: t('formulaFull'), value: ({ full }) => full, number: true },
          { text: t('formulaUnit'), value: ({ code }) => (isShare(code) ? '%' : t('formulaPieces')) },
        ],
      }),
    ]),
    h('p', { class: 'quiet' }, t('formulaWeightHint')),
    trouble,
    h('div', { class: 'button-row' }, save),
  );
}

/** @param {string} name @param {number | string} value @param {string} label */
const input = (name, value, label) =>
  h('input', {
    type: 'number',
    step: 'any',
    min: 0,
    inputmode: 'decimal',
    class: 'formula-input',
    'aria-label': label,
    value: String(value),
    data: { focus: `formula-${name}`, formula: name },
  });

/** @param {string} subject @param {string} code @param {Indicator | undefined} now */
function row(subject, code, now) {
  const name = measureName(code);
  const weight = input(`${subject}-${code}-weight`, now?.weight ?? '', `${name} ${t('bulletinWeight')}`);
  const zero = input(`${subject}-${code}-zero`, now ? shown(code, now.zero_at) : isShare(code) ? 50 : 5, `${name} ${t('formulaZero')}`);
  const full = input(`${subject}-${code}-full`, now ? shown(code, now.full_at) : isShare(code) ? 100 : 0, `${name} ${t('formulaFull')}`);
  const number = (/** @type {HTMLInputElement} */ { value }) => Number(value) / (isShare(code) ? 100 : 1);
  return {
    code,
    weight,
    zero,
    full,
    /** Without a weight it does not count. @returns {Indicator[]} */
    value: () =>
      Number(weight.value) > 0
        ? [{ indicator: code, weight: Number(weight.value), zero_at: number(zero), full_at: number(full) }]
        : [],
  };
}

/** The day of weekly bulletins. */
function weekday() {
  const now = shelf.data?.weekday ?? 3;
  const select = h(
    'select',
    {
      data: { focus: 'bulletin-weekday' },
      on: {
        change: async () => {
          await send('PUT', '/api/bulletin-schedule', { weekday: Number(select.value) }, { query: { street: streetCode() } });
          announce(t('formulaSaved'));
          await loadShelf();
        },
      },
    },
    ...[1, 2, 3, 4, 5, 6, 7].map((day) =>
      h('option', { value: String(day), selected: day === now }, t(/** @type {any} */ (`weekday_${day}`))),
    ),
  );
  return h('label', { class: 'formula-label' }, h('span', null, t('bulletinWeekday')), select);
}
