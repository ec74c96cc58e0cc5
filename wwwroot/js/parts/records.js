// @ts-check
import { h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { t } from '../i18n/index.js';

/**
 * @template R
 * @typedef {{ text: string, value: (row: R) => string | number | Node | null | undefined, number?: boolean, narrow?: boolean }} Column
 */

/**
 * A table of records with a caption for screen readers. On a phone `narrow: false` columns are left out by the style
 * sheet.
 * @template R
 * @param {{ caption: string, columns: readonly Column<R>[], rows: readonly R[], key?: (row: R) => string,
 *   hover?: (key: string) => void, mark?: (row: R) => string }} spec
 */
export function recordTable({ caption, columns, rows, key, hover, mark }) {
  return h(
    'div',
    { class: 'records-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'plain records' },
      h('caption', { class: 'visually-hidden' }, caption),
      h(
        'thead',
        null,
        h('tr', null, ...columns.map((column) => h('th', { scope: 'col', class: cellClass(column) }, column.text))),
      ),
      h(
        'tbody',
        null,
        ...rows.map((row) =>
          h(
            'tr',
            {
              class: mark?.(row),
              data: key ? { key: key(row) } : {},
              on: hover && key ? { mouseenter: () => hover(key(row)), mouseleave: () => hover('') } : {},
            },
            ...columns.map((column) => h('td', { class: cellClass(column), dir: 'auto' }, column.value(row))),
          ),
        ),
      ),
    ),
  );
}

/** @param {Column<any>} column */
const cellClass = ({ number, narrow }) =>
  [number ? 'is-number' : '', narrow === false ? 'is-wide-only' : ''].filter(Boolean).join(' ') || undefined;

/**
 * What a loader has, or why it has nothing: the one place that decides between skeleton, problem, empty and content.
 * @template T
 * @param {import('../loaded.js').Loader<T>} loader @param {(data: T) => (Node | null | false)[]} content
 * @param {{ rows?: number, empty?: (data: T) => boolean, emptyTitle?: string, emptyHint?: string }} [how]
 * @returns {(Node | null | false)[]}
 */
export function loadedContent(loader, content, { rows = 4, empty, emptyTitle, emptyHint } = {}) {
  const { loading, data, problem } = loader.signal.value;
  const trouble = problem ? problemBox(problem, () => void loader.again(), data ? t('keptList') : '') : null;
  if (data === null) return [trouble ?? (loading ? skeleton(rows) : null)];
  if (empty?.(data)) return [trouble, emptyBox(emptyTitle ?? t('nothingHere'), emptyHint)];
  return [trouble, ...content(data)];
}

/**
 * Tabs of one work area; which one is open stands in the address.
 * @param {{ label: string, tabs: readonly { key: string, text: string, n?: number | null }[], now: string,
 *   pick: (key: string) => void }} spec
 */
export function sectionTabs({ label, tabs, now, pick }) {
  return h(
    'nav',
    { class: 'chips section-tabs', 'aria-label': label },
    ...tabs.map(({ key, text, n }) =>
      h(
        'button',
        {
          type: 'button',
          class: `chip ${key === now ? 'is-on' : ''}`,
          'aria-current': key === now ? 'true' : undefined,
          data: { focus: `section-${key}`, section: key },
          on: { click: () => pick(key) },
        },
        h('span', null, text),
        n === undefined || n === null ? null : h('span', { class: 'chip-n' }, n),
      ),
    ),
  );
}
