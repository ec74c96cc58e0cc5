// @ts-check
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { set } from '../state.js';
import { exportLinks } from './table.js';

/** A table of a sheet of paper; on a narrow screen it is moved sideways, by the keyboard too. @param {string} label @param {HTMLElement} table */
export const paperScroll = (label, table) =>
  h('div', { class: 'paper-scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);

/**
 * What stands over a sheet and is not printed: back, the sheet as a file, print.
 * @param {string} focus start of the buttons' names
 * @param {readonly [path: string, query: Parameters<typeof exportLinks>[1], formats: Parameters<typeof exportLinks>[2]]} files
 * @param {boolean} ready
 */
export const paperBar = (focus, files, ready) => [
  h(
    'button',
    { type: 'button', class: 'button', data: { focus: `${focus}-back` }, on: { click: () => set({ print: false }) } },
    t('backToPage'),
  ),
  ...exportLinks(...files).map((link) => {
    link.className = 'button';
    return link;
  }),
  h(
    'button',
    {
      type: 'button',
      class: 'button is-primary',
      data: { focus: `${focus}-print` },
      disabled: !ready,
      on: { click: () => print() },
    },
    t('printNow'),
  ),
];
