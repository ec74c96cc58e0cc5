// @ts-check
import { fill, h } from '../dom.js';
import { announce, emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { areaName, areasNamed, gridShort, placementText, symbolOf, typeName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { iconButton, symbolIcon } from '../symbols/symbol.js';
import { activeFilters } from './filters.js';
import { filteredPoints, filterKeys, points } from './points.js';

/** @typedef {import('../types.js').Feature} Feature */

/** @type {readonly { key: string, text: import('../i18n/index.js').TextKey, value: (properties: any) => string | number, number?: boolean }[]} */
const columns = Object.freeze([
  { key: 'name', text: 'name', value: ({ name }) => name },
  { key: 'type', text: 'type', value: ({ type }) => typeName(type) },
  { key: 'code', text: 'code', value: ({ code }) => code },
  { key: 'community', text: 'community', value: ({ community }) => areaName(community) },
  { key: 'grid', text: 'grid', value: ({ grid }) => areaName(grid) },
  { key: 'placement', text: 'placement', value: (properties) => placementText(properties) },
  { key: 'open_issues', text: 'issues', value: ({ open_issues: n }) => n ?? 0, number: true },
]);

/** Rows kept in the page above and below what can be seen. */
const spare = 12;

/** @param {Feature[]} rows @param {string} sort column, with a minus for descending */
export function sorted(rows, sort) {
  const descending = sort.startsWith('-');
  const column = columns.find(({ key }) => key === sort.replace(/^-/, '')) ?? columns[0];
  const compare = new Intl.Collator(state().lang === 'en' ? 'en' : 'zh-CN', { numeric: true }).compare;
  const keyed = rows.map((feature) => ({
    feature,
    value: column.value(feature.properties),
    code: String(feature.properties.code),
  }));
  keyed.sort((a, b) => {
    const order =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : compare(String(a.value), String(b.value));
    return (descending ? -order : order) || (a.code < b.code ? -1 : 1);
  });
  return keyed.map(({ feature }) => feature);
}

/**
 * The map's list twin: the same filtered set, sortable, one row in the tab order, arrow keys between rows.
 * Only rows in view are in the page, so 20,000 points cost no more than 50.
 * @param {HTMLElement} box where it goes @param {HTMLElement} drawer hidden while no list is wanted
 */
export function buildTable(box, drawer) {
  /** @type {Feature[]} */
  let rows = [];
  let focused = 0;
  const title = h('h2', { class: 'drawer-title', id: 'table-title' });
  const close = h('span');
  const head = h('tr', { 'aria-rowindex': 1 });
  const before = h('tr', { class: 'spacer', 'aria-hidden': 'true' }, h('td'));
  const after = h('tr', { class: 'spacer', 'aria-hidden': 'true' }, h('td'));
  const body = h('tbody', null, before, after);
  const table = h('table', { class: 'twin', 'aria-labelledby': 'table-title' }, h('thead', null, head), body);
  const note = h('div', { class: 'drawer-note' });
  const scroll = h('div', { class: 'drawer-scroll', tabindex: -1 }, table, note);
  drawer.tabIndex = -1;
  box.append(h('div', { class: 'drawer-head' }, title, activeFilters('in-drawer'), close), scroll);

  const rowHeight = () => (innerWidth < 1024 ? 44 : 32);
  /** @type {Map<number, HTMLTableRowElement>} rows in the page by their number */
  const drawn = new Map();

  /**
   * Rows that stay are left alone, and new ones come before old ones go: the list never gets shorter on the way, which
   * would move it, and a focused row keeps its focus.
   * @param {boolean} [fresh] the rows themselves are others
   */
  const draw = (fresh = false) => {
    if (drawer.hidden || box.hidden) return;
    const height = rowHeight();
    const first = Math.max(0, Math.floor(scroll.scrollTop / height) - spare);
    const last = Math.min(rows.length, first + Math.ceil((scroll.clientHeight || 320) / height) + spare * 2);
    const hadFocus = body.contains(document.activeElement);
    const gone = [...drawn].filter(([index]) => fresh || index < first || index >= last);
    for (const [index] of gone) drawn.delete(index);
    const kept = [...drawn.keys()];
    const firstKept = kept.length ? Math.min(...kept) : Infinity;
    const front = drawn.get(firstKept) ?? after;
    for (let index = first; index < last; index++) {
      const row = drawn.get(index) ?? rowOf(rows[index], index);
      row.tabIndex = index === focused ? 0 : -1;
      if (!drawn.has(index)) body.insertBefore(row, index < firstKept ? front : after);
      drawn.set(index, row);
    }
    for (const [, row] of gone) row.remove();
    before.style.height = `${first * height}px`;
    after.style.height = `${(rows.length - last) * height}px`;
    // A focused row that was scrolled away leaves the list itself focused, so that the keys go on working.
    if (hadFocus && !body.contains(document.activeElement))
      (drawn.get(focused) ?? scroll).focus({ preventScroll: true });
  };
  const focusRow = () => drawn.get(focused)?.focus({ preventScroll: true });

  /** @param {number} index */
  const go = (index) => {
    focused = Math.min(rows.length - 1, Math.max(0, index));
    const height = rowHeight();
    const top = focused * height;
    const room = scroll.clientHeight - 36;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + height > scroll.scrollTop + room) scroll.scrollTop = top + height - room;
    draw();
    focusRow();
  };

  let headFor = '';
  // Only drawn anew for another order or language, not for every answer that arrives under somebody's fingers.
  const renderHead = () => {
    const now = `${state().lang} ${state().sort}`;
    if (now === headFor) return;
    headFor = now;
    fill(head, ...columns.map((column) => headCell(column)));
    fill(
      close,
      iconButton(
        'close',
        t('tableHide'),
        () => {
          set({ table: false });
          /** @type {HTMLElement | null} */ (document.querySelector('[data-focus="rail-table"]'))?.focus();
        },
        { data: { focus: 'table-close' } },
      ),
    );
  };
  const render = () => {
    if (drawer.hidden || box.hidden) return;
    const { loading, problem, data } = points.signal.value;
    rows = sorted(filteredPoints(state()), state().sort);
    focused = Math.min(focused, Math.max(0, rows.length - 1));
    fill(title, t('table'), h('span', { class: 'section-note' }, t('tableRows', { n: numberText(rows.length) })));
    renderHead();
    table.setAttribute('aria-rowcount', String(rows.length + 1));
    table.hidden = rows.length === 0;
    fill(
      note,
      problem ? problemBox(problem, () => void points.again()) : null,
      loading && !data ? skeleton(6) : null,
      !loading && !problem && rows.length === 0
        ? data?.length
          ? emptyBox(t('tableEmpty'), t('tableEmptyHint'))
          : emptyBox(t('noPoints'), t('noPointsHint'))
        : null,
    );
    draw(true);
  };

  scroll.addEventListener('scroll', () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(scroll);
  scroll.addEventListener('keydown', (event) => {
    if (!rows.length || /** @type {Element} */ (event.target).closest('thead')) return;
    const page = Math.max(1, Math.floor(scroll.clientHeight / rowHeight()) - 2);
    const target = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      PageDown: focused + page,
      PageUp: focused - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (target !== undefined) go(target);
    else if (event.key === 'Enter' || event.key === ' ') open(rows[focused]);
    else return;
    event.preventDefault();
  });
  body.addEventListener('click', (event) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-index]'));
    if (!row) return;
    focused = Number(row.dataset.index);
    open(rows[focused]);
  });
  body.addEventListener('focusin', (event) => hoverRow(event.target));
  // Mouse, not pointer events: the map's are mouse events, and those come after all pointer events.
  body.addEventListener('mouseover', (event) => hoverRow(event.target));
  body.addEventListener('mouseleave', () => set({ hover: '' }));
  subscribe([...filterKeys, 'lang', 'sort', 'table', 'twin', 'area'], (now, changed) => {
    if (changed.has('sort')) scroll.scrollTop = 0;
    render();
    if (changed.has('table') && now.table) announce(t('tableRows', { n: numberText(rows.length) }));
  });
  subscribe(['hover', 'selected'], () => markRows(body));
  points.signal.subscribe(render);
  areasNamed.subscribe(render);
  render();
}

/** @param {EventTarget | null} target */
function hoverRow(target) {
  const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('[data-key]'));
  if (row) set({ hover: row.dataset.key ?? '' });
}

/** @param {Feature} [feature] */
function open(feature) {
  // On a phone the list covers the map and the sheet, so it makes way for the detail.
  if (feature)
    set({ selected: `point:${feature.properties.code}`, panel: true, sheet: 'half', table: innerWidth >= 1024 });
}

/** @param {HTMLElement} body */
function markRows(body) {
  const { hover, selected } = state();
  for (const row of /** @type {Iterable<HTMLElement>} */ (body.querySelectorAll('[data-key]'))) {
    row.classList.toggle('is-hover', row.dataset.key === hover);
    row.classList.toggle('is-selected', row.dataset.key === selected);
  }
}

/** @param {typeof columns[number]} column */
function headCell({ key, text, number }) {
  const { sort } = state();
  const descending = sort === `-${key}`;
  const active = descending || sort === key;
  const first = number ? `-${key}` : key;
  const other = number ? key : `-${key}`;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'sort',
      data: { focus: `sort-${key}` },
      on: { click: () => set({ sort: sort === first ? other : first }) },
    },
    h('span', null, t(text)),
    h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, active ? (descending ? '▼' : '▲') : '↕'),
  );
  return h(
    'th',
    {
      scope: 'col',
      class: `col-${key} ${number ? 'is-number' : ''}`,
      'aria-sort': active ? (descending ? 'descending' : 'ascending') : 'none',
    },
    button,
  );
}

/** @param {Feature} feature @param {number} index */
function rowOf({ properties }, index) {
  const { hover, selected } = state();
  const key = `point:${properties.code}`;
  const row = h(
    'tr',
    {
      'aria-rowindex': index + 2,
      data: { index: String(index), key },
      class: `${key === hover ? 'is-hover' : ''} ${key === selected ? 'is-selected' : ''}`,
    },
    ...columns.map((column) => {
      const value = column.key === 'grid' ? gridShort(properties.grid) : column.value(properties);
      if (column.key === 'name')
        return h(
          'th',
          { scope: 'row', class: 'col-name' },
          symbolIcon(symbolOf(properties.type), 16),
          h('span', { dir: 'auto' }, value),
        );
      return h(
        'td',
        { class: `col-${column.key} ${column.number ? 'is-number' : ''}` },
        h('span', { dir: 'auto' }, value),
      );
    }),
  );
  return row;
}
