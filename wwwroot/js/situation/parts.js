// @ts-check
import { h } from '../dom.js';
import { set } from '../state.js';

/** Inputs that write one part of the state and are drawn from it. */

/** @typedef {import('../state.js').State} State */

/**
 * @param {string} label @param {string} key of the state @param {string} now
 * @param {readonly (readonly [string, string])[]} options value and text @param {(value: string) => void} [pick]
 */
export const segments = (label, key, now, options, pick = (value) => set({ [key]: value })) =>
  h(
    'div',
    { class: 'segments', role: 'group', 'aria-label': label },
    ...options.map(([value, text]) =>
      h(
        'button',
        {
          type: 'button',
          class: 'segment',
          'aria-pressed': String(value === now),
          data: { focus: `${key}-${value}`, choice: value },
          on: { click: () => pick(value) },
        },
        text,
      ),
    ),
  );

/**
 * @param {string} label @param {string} key @param {string} now @param {readonly (readonly [string, string])[]} options
 * @param {(value: string) => void} [pick]
 */
export const choice = (label, key, now, options, pick = (value) => set({ [key]: value })) =>
  h(
    'label',
    { class: 'select-row' },
    h('span', null, label),
    h(
      'select',
      { data: { focus: key }, on: { change: (/** @type {any} */ event) => pick(event.target.value) } },
      ...options.map(([value, text]) => h('option', { value, selected: value === now }, text)),
    ),
  );

/**
 * The same without room for a label: the options say what they are about.
 * @param {string} label @param {string} key @param {string} now @param {readonly (readonly [string, string])[]} options
 */
export const bareChoice = (label, key, now, options) =>
  h(
    'select',
    {
      class: 'bare-select',
      'aria-label': label,
      data: { focus: key },
      on: { change: (/** @type {any} */ event) => set({ [key]: event.target.value }) },
    },
    ...options.map(([value, text]) => h('option', { value, selected: value === now }, text)),
  );

/**
 * A whole number; what cannot be is not taken on.
 * @param {string} label @param {keyof State} key @param {number} now @param {{ min: number, max: number, step?: number, unit?: string }} bounds
 */
export const whole = (label, key, now, { min, max, step = 1, unit = '' }) =>
  h(
    'label',
    { class: 'select-row' },
    h('span', null, label),
    h('input', {
      type: 'number',
      min,
      max,
      step,
      value: now,
      data: { focus: key },
      on: {
        change: (/** @type {any} */ event) => {
          const value = Number(event.target.value);
          if (Number.isInteger(value) && value >= min && value <= max) set({ [key]: value });
          else event.target.value = String(now);
        },
      },
    }),
    unit ? h('span', null, unit) : null,
  );

/** @param {string} label @param {keyof State} key @param {string} value @param {{ max?: string, id?: string }} [how] */
export const dayInput = (label, key, value, { max, id = key } = {}) =>
  h(
    'label',
    null,
    h('span', null, label),
    h('input', {
      type: 'date',
      value,
      max,
      data: { focus: id },
      on: { change: (/** @type {any} */ event) => set({ [key]: event.target.value }) },
    }),
  );

/** @param {string} text @param {string} focus @param {() => void} run @param {Record<string, any>} [props] */
export const button = (text, focus, run, props = {}) =>
  h('button', { type: 'button', ...props, class: props.class ?? 'button', data: { focus }, on: { click: run } }, text);
