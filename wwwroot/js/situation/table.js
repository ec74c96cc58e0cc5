// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { areaName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { smallText, valueText } from './classes.js';
import { openCell } from './layer.js';
import { clusterTables } from './clusterTable.js';
import { keyPlaces } from './keyPlaces.js';
import { clusters, isCompared } from './loads.js';
import { mainLoader, picture, pictureB } from './picture.js';
import { measureOf } from './question.js';
import { download } from './csv.js';
import { button } from './parts.js';

/** @typedef {import('./classes.js').Cell} Cell */
/** @typedef {{ key: string, text: string, value: (cell: Cell) => string | number | null, show?: (cell: Cell) => string, number?: boolean }} Column */

/**
 * The picture as a table: every cell of the map, sortable, with what the map says in colour said in words.
 * @param {HTMLElement} drawer @param {HTMLElement} pointTable shown in its place where the list of points is wanted
 */
export function buildCellTable(drawer, pointTable) {
  const title = h('h2', { class: 'drawer-title' });
  const tools = h('span', { class: 'drawer-tools' });
  const scroll = h('div', { class: 'drawer-scroll', tabindex: 0, role: 'region' });
  const box = h('div', { class: 'cell-table' }, h('div', { class: 'drawer-head' }, title, tools), scroll);
  const wanted = () => state().table && state().area === 'situation' && state().twin === 'cells';

  const render = () => {
    const on = wanted();
    // In the page only while it is looked at: the drawer then holds one list, not two.
    if (state().area === 'perimeters') return box.remove();
    if (!on) box.remove();
    else if (!box.isConnected) drawer.append(box);
    pointTable.hidden = on;
    drawer.setAttribute('aria-label', t(on ? 'cellTable' : 'tableCaption'));
    if (!on) return;
    const now = picture.value;
    const { loading, problem } = mainLoader().signal.value;
    scroll.setAttribute('aria-label', now?.title ?? t('nothingOnMap'));
    const columns = now ? columnsOf() : [];
    const rows = now ? sorted([...now.cells.values()], columns, state().cellSort) : [];
    fill(
      title,
      now?.title ?? t('cellTable'),
      h('span', { class: 'section-note' }, t('rowsN', { n: numberText(rows.length) })),
    );
    fill(
      tools,
      now
        ? button(t('downloadCsv'), 'cells-csv', () => download(`${now.title} ${now.days}`, columns, rows), {
            class: 'button',
          })
        : null,
      button(t('pointList'), 'twin-points', () => set({ twin: 'points' }), { class: 'link' }),
      button(t('tableHide'), 'cells-close', () => set({ table: false }), { class: 'link' }),
    );
    if (!now && state().show === 'clusters') {
      fill(title, t('titleClusters'));
      return fill(scroll, ...clusterTables());
    }
    if (!now)
      return fill(
        scroll,
        problem
          ? problemBox(problem, () => void mainLoader().again())
          : loading
            ? skeleton(6)
            : emptyBox(t('nothingOnMap')),
      );
    fill(scroll, h('p', { class: 'quiet table-says' }, `${now.days}。${now.sentence}`), table(columns, rows));
  };
  scroll.addEventListener('mouseover', (event) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-key]'));
    if (row) set({ hover: row.dataset.key ?? '' });
  });
  scroll.addEventListener('mouseleave', () => set({ hover: '' }));
  subscribe(['hover'], ({ hover }) => {
    if (!wanted()) return;
    for (const row of /** @type {Iterable<HTMLElement>} */ (scroll.querySelectorAll('[data-key]')))
      row.classList.toggle('is-hover', row.dataset.key === hover);
  });
  subscribe(['table', 'twin', 'area', 'show', 'cellSort', 'lang'], render);
  for (const signal of [picture, pictureB]) signal.subscribe(render);
  for (const signal of [clusters.signal, keyPlaces.signal]) signal.subscribe(render);
  render();
}

/** @returns {Column[]} */
function columnsOf() {
  const now = state();
  const measure = measureOf(now);
  const rate = measure !== 'count' && now.show !== 'trends';
  /** @type {Column[]} */
  const columns = [
    { key: 'name', text: t('name'), value: ({ name }) => name },
    { key: 'code', text: t('code'), value: ({ code }) => code },
    { key: 'parent', text: t('parent'), value: ({ parent }) => (parent ? areaName(parent) : '') },
    { key: 'count', text: t('count'), value: ({ count }) => count, number: true },
  ];
  if (rate)
    columns.push({
      key: 'rate',
      text: t(/** @type {any} */ (`measure_${measure}`)),
      value: ({ more }) => more.value,
      show: ({ more }) => valueText(measure, more.value),
      number: true,
    });
  if (now.show === 'density')
    columns.push({ key: 'value', text: t('className'), value: ({ value }) => value, show: ({ cls }) => cls.label });
  if (now.show === 'hotspots') {
    const moran = now.statistic === 'local_moran';
    columns.push(
      {
        key: 'value',
        text: moran ? 'I' : 'z',
        value: ({ value }) => value,
        show: ({ figure }) => figure,
        number: true,
      },
      { key: 'p', text: 'p', value: ({ more }) => more.p ?? null, show: ({ more }) => smallText(more.p), number: true },
      { key: 'q', text: 'q', value: ({ more }) => more.q ?? null, show: ({ more }) => smallText(more.q), number: true },
      { key: 'class', text: t('className'), value: ({ cls }) => cls.label },
    );
  }
  if (now.show === 'trends')
    columns.push(
      {
        key: 'slope',
        text: t('slopeUnit'),
        value: ({ more }) => more.slope ?? null,
        show: ({ figure }) => figure,
        number: true,
      },
      {
        key: 'value',
        text: 'z',
        value: ({ value }) => value,
        show: ({ value }) => (value === null ? '—' : numberText(value, 2)),
        number: true,
      },
      {
        key: 'p',
        text: 'p',
        value: ({ more }) => more.mk?.p ?? null,
        show: ({ more }) => smallText(more.mk?.p),
        number: true,
      },
      { key: 'class', text: t('className'), value: ({ cls }) => cls.label },
    );
  const second = isCompared(now) ? pictureB.value : null;
  if (second) {
    const other = (/** @type {Cell} */ cell) => second.cells.get(cell.code);
    columns.push(
      { key: 'countB', text: t('countB'), value: (cell) => other(cell)?.count ?? null, number: true },
      {
        key: 'difference',
        text: t('difference'),
        value: (cell) => cell.count - (other(cell)?.count ?? 0),
        show: (cell) => signed(cell.count - (other(cell)?.count ?? 0)),
        number: true,
      },
      { key: 'classB', text: t('classB'), value: (cell) => other(cell)?.cls.label ?? null },
    );
  }
  return columns;
}

/** @param {number} n */
const signed = (n) => (n > 0 ? `+${numberText(n)}` : numberText(n));

/** @param {Cell[]} rows @param {Column[]} columns @param {string} sort */
export function sorted(rows, columns, sort) {
  const down = sort.startsWith('-');
  const column = columns.find(({ key }) => key === sort.replace(/^-/, '')) ?? columns[0];
  const words = new Intl.Collator(state().lang === 'en' ? 'en' : 'zh-CN', { numeric: true }).compare;
  const compare = (/** @type {Cell} */ a, /** @type {Cell} */ b) => {
    const x = column.value(a);
    const y = column.value(b);
    // What cannot be said stands last either way.
    if (x === null || x === undefined || y === null || y === undefined)
      return Number(x === null || x === undefined) - Number(y === null || y === undefined);
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : words(String(x), String(y));
    return down ? -order : order;
  };
  return rows.sort((a, b) => compare(a, b) || (a.code < b.code ? -1 : 1));
}

/** @param {Column[]} columns @param {Cell[]} rows */
function table(columns, rows) {
  const { cellSort, selected } = state();
  return h(
    'table',
    { class: 'twin cells' },
    h('caption', { class: 'visually-hidden' }, t('cellTable')),
    h('thead', null, h('tr', null, ...columns.map((column) => head(column, cellSort)))),
    h(
      'tbody',
      null,
      ...rows.map((cell) =>
        h(
          'tr',
          { data: { key: cell.key }, class: cell.key === selected ? 'is-selected' : undefined },
          ...columns.map((column) => {
            const text = column.show?.(cell) ?? plain(column.value(cell));
            if (column.key === 'name')
              return h(
                'th',
                { scope: 'row', class: 'col-name' },
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'link',
                    data: { focus: `cell-${cell.key}` },
                    on: { click: () => openCell(cell.key) },
                  },
                  text,
                ),
              );
            return h('td', { class: `col-${column.key} ${column.number ? 'is-number' : ''}`, dir: 'auto' }, text);
          }),
        ),
      ),
    ),
  );
}

/** @param {string | number | null | undefined} value */
const plain = (value) =>
  value === null || value === undefined ? '—' : typeof value === 'number' ? numberText(value) : value;

/** @param {Column} column @param {string} sort */
function head({ key, text, number }, sort) {
  const down = sort === `-${key}`;
  const active = down || sort === key;
  const first = number ? `-${key}` : key;
  const other = number ? key : `-${key}`;
  return h(
    'th',
    {
      scope: 'col',
      class: `col-${key} ${number ? 'is-number' : ''}`,
      'aria-sort': active ? (down ? 'descending' : 'ascending') : 'none',
    },
    h(
      'button',
      {
        type: 'button',
        class: 'sort',
        data: { focus: `csort-${key}` },
        on: { click: () => set({ cellSort: sort === first ? other : first }) },
      },
      h('span', null, text),
      h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, active ? (down ? '▼' : '▲') : '↕'),
    ),
  );
}
