// @ts-check
import { ApiProblem } from '../api.js';
import { h } from '../dom.js';
import { t, tCode } from '../i18n/index.js';
import { icon } from '../symbols/symbol.js';

const region = h('p', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });

/** The place from which results are read out. */
export const liveRegion = () => region;

/** @param {string} text */
export function announce(text) {
  if (region.textContent !== text) region.textContent = text;
}

/** What happened, in the person's language where it is known. @param {string} code @param {string} title as the service says it */
export function problemTitle(code, title) {
  if (code === 'unreachable') return t('unreachable');
  if (code === 'unreadable') return t('unreadable');
  const known = tCode('problem', code);
  return known === code ? title : known;
}

/**
 * What happened, what was kept, what to do; the technical id can be copied.
 * @param {ApiProblem} problem @param {(() => void) | null} retry @param {string} [kept]
 */
export function problemBox(problem, retry, kept = t('kept')) {
  const unreachable = problem.code === 'unreachable';
  const title = problemTitle(problem.code, problem.message);
  const { errors } = problem;
  return h(
    'div',
    { class: 'message is-error', role: 'alert' },
    h('p', { class: 'message-title' }, icon('warning'), h('span', { dir: 'auto' }, title || t('errorTitle'))),
    problem.detail || unreachable ? h('p', { dir: 'auto' }, problem.detail || t('unreachableDetail')) : null,
    errors.length
      ? h('ul', null, ...errors.slice(0, 5).map(({ name, reason }) => h('li', { dir: 'auto' }, `${name} ${reason}`)))
      : null,
    kept ? h('p', null, kept) : null,
    problem.traceId ? h('p', { class: 'trace' }, `${t('traceId')} `, h('code', null, problem.traceId)) : null,
    retry ? h('button', { type: 'button', class: 'button', on: { click: retry } }, t('retry')) : null,
  );
}

/** @param {string} title why it is empty @param {string} [hint] what to do next */
export const emptyBox = (title, hint) =>
  h('div', { class: 'message' }, h('p', { class: 'message-title' }, title), hint ? h('p', null, hint) : null);

/** Rows in waiting; the style sheet keeps them invisible for the first 300 ms. @param {number} rows */
export const skeleton = (rows) =>
  h(
    'div',
    { class: 'skeleton', 'aria-busy': 'true' },
    h('span', { class: 'visually-hidden' }, t('loading')),
    ...Array.from({ length: rows }, () => h('span', { class: 'skeleton-row' })),
  );
