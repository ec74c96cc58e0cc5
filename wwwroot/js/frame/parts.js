// @ts-check
import { h } from '../dom.js';
import { distanceText, t, timeText } from '../i18n/index.js';
import { categoryName } from '../names.js';
import { symbolIcon } from '../symbols/symbol.js';

/** Pieces of panels that look the same in every slice. */

/** @param {string} label @param {string | Node} value @param {string | null} [code] written smaller behind the value */
export const field = (label, value, code) =>
  h(
    'div',
    { class: 'field' },
    h('dt', null, label),
    h('dd', null, h('span', { dir: 'auto' }, value), code ? h('span', { class: 'code' }, code) : null),
  );

/** @param {string | null} symbol @param {string} title @param {string} note */
export const titleBlock = (symbol, title, note) =>
  h(
    'div',
    { class: 'title-block' },
    symbol ? symbolIcon(symbol, 28) : null,
    h(
      'div',
      null,
      h('h2', { class: 'detail-title', tabindex: -1, dir: 'auto' }, title),
      h('p', { class: 'quiet', dir: 'auto' }, note),
    ),
  );

/** @param {HTMLElement[]} rows */
export const list = (rows) => h('ul', { class: 'rows' }, ...rows.map((row) => h('li', null, row)));

/**
 * A row that opens something; pointing at it lights it up on the map.
 * @param {{ key?: string, symbol?: string | null, title: string, note?: string, end?: string | Node, open: () => void, hover?: (on: boolean) => void }} row
 */
export const rowButton = ({ key, symbol, title, note, end, open, hover }) =>
  h(
    'button',
    {
      type: 'button',
      class: 'row',
      data: key ? { focus: `row-${key}`, row: key } : {},
      on: {
        click: open,
        mouseenter: () => hover?.(true),
        mouseleave: () => hover?.(false),
        focus: () => hover?.(true),
        blur: () => hover?.(false),
      },
    },
    symbol ? symbolIcon(symbol, 18) : null,
    h(
      'span',
      { class: 'row-main' },
      h('span', { class: 'row-title', dir: 'auto' }, title),
      note ? h('span', { class: 'row-note', dir: 'auto' }, note) : null,
    ),
    end ? h('span', { class: 'row-end' }, end) : null,
  );

/** @param {{ id: string, category: string, found_at?: string, open?: boolean, distance_m?: number }} issue @param {() => void} open */
export const issueRow = (issue, open) =>
  rowButton({
    key: `issue-${issue.id}`,
    title: categoryName(issue.category),
    note: timeText(issue.found_at),
    open,
    end: issue.distance_m !== undefined ? distanceText(issue.distance_m) : stateMark(issue.open !== false),
  });

/** @param {boolean} open shape and word tell the state, not only colour */
export const stateMark = (open) =>
  h('span', { class: `state ${open ? 'is-open' : 'is-closed'}` }, open ? t('open') : t('closed'));
