// @ts-check
import { h } from '../dom.js';

/** A table of a sheet of paper; on a narrow screen it is moved sideways, by the keyboard too. @param {string} label @param {HTMLElement} table */
export const paperScroll = (label, table) =>
  h('div', { class: 'paper-scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
