// @ts-check
import { fill, h, styled } from '../dom.js';
import { announce, emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { numberText, t } from '../i18n/index.js';
import { set, state, subscribe } from '../state.js';
import { button } from './parts.js';
import { trends, weeks } from './loads.js';
import { mainLoader, picture } from './picture.js';
import { datesReversed } from './question.js';
import { sparkline } from './sparkline.js';
import { swatch } from './style.js';

/** @typedef {import('./classes.js').Cell} Cell @typedef {import('./classes.js').Picture} Picture */

/** Rows listed before the person asks for all. */
const shortList = 8;

/** In what order the classes are of interest. */
const order = [
  'hot_99',
  'hot_95',
  'hot_90',
  'HH',
  'HL',
  'new',
  'intensifying',
  'persistent',
  'sporadic',
  'diminishing',
  'historical',
];

/** @param {Picture} now @returns {Cell[]} the cells worth a row, the most urgent first */
export function ranked(now) {
  const rows = [...now.cells.values()].filter(({ cls, value }) =>
    now.show === 'density' ? (value ?? 0) > 0 : cls.key !== 'none' && cls.key !== 'no_data',
  );
  const rank = (/** @type {Cell} */ { cls }) => {
    const at = order.indexOf(cls.key);
    return at < 0 ? order.length : at;
  };
  const byValue = (/** @type {Cell} */ a, /** @type {Cell} */ b) => (b.value ?? 0) - (a.value ?? 0);
  return rows.sort(
    (a, b) =>
      (now.show === 'density' ? 0 : rank(a) - rank(b)) ||
      byValue(a, b) ||
      b.count - a.count ||
      (a.code < b.code ? -1 : 1),
  );
}

/** The ranking of what is on the map, twelve weeks beside each row. @param {HTMLElement} box */
export function buildRanking(box) {
  let all = false;
  const render = () => {
    const now = state();
    if (now.area !== 'situation') return;
    const loader = mainLoader();
    const { loading, problem } = loader.signal.value;
    const shown = picture.value;
    box.hidden = now.show === 'clusters' || (now.show === 'density' && now.density === 'none');
    if (box.hidden) return;
    if (datesReversed(now)) return fill(box, emptyBox(t('datesReversed')));
    if (problem && !shown?.refused)
      return fill(
        box,
        problemBox(problem, () => void loader.again()),
      );
    if (!shown) return fill(box, loading ? skeleton(5) : null);
    if (shown.refused) return fill(box, emptyBox(t('tooFewTitle'), shown.sentence));
    const rows = ranked(shown);
    if (rows.length === 0) return fill(box, emptyBox(t(shown.show === 'density' ? 'noIssues' : 'nothingSure')));
    const series = countsByCell();
    const listed = rows.slice(0, all ? rows.length : shortList);
    const most = Math.max(1, ...listed.flatMap(({ code }) => series.get(code) ?? []));
    const top = Math.max(...rows.map(({ value }) => Math.abs(value ?? 0)), 1e-9);
    fill(
      box,
      h(
        'h3',
        { class: 'small-title ranking-title' },
        h('span', null, shown.title),
        h('span', null, series.size ? t('weeksOf12') : ''),
      ),
      list(listed.map((cell) => row(cell, shown, top, series.get(cell.code), most))),
      rows.length > shortList
        ? button(
            all ? t('showLess', { n: shortList }) : t('showMore', { n: rows.length }),
            'more',
            () => {
              all = !all;
              render();
            },
            { class: 'link' },
          )
        : null,
    );
  };
  let said = '';
  picture.subscribe((now) => {
    render();
    const text = now && !mainLoader().signal.value.loading ? `${now.title}。${now.sentence}` : '';
    if (text && text !== said && state().area === 'situation' && !state().step) announce(text);
    said = text || said;
  });
  weeks.signal.subscribe(render);
  for (const signal of [trends.signal]) signal.subscribe(render);
  subscribe(['from', 'to', 'area', 'show', 'density'], render);
  subscribe(['hover'], ({ hover }) => {
    for (const each of /** @type {Iterable<HTMLElement>} */ (box.querySelectorAll('[data-row]')))
      each.classList.toggle('is-hover', each.dataset.row === hover);
  });
  render();
}

/** @returns {Map<string, readonly number[]>} */
function countsByCell() {
  const cells = state().show === 'trends' ? trends.data?.cells : weeks.data?.cells;
  return new Map((cells ?? []).map(({ code, counts }) => [code, counts]));
}

/** @param {Cell} cell @param {Picture} shown @param {number} top @param {readonly number[] | undefined} counts @param {number} most */
function row(cell, shown, top, counts, most) {
  const element = rowButton({
    key: cell.key,
    title: cell.name,
    note: shown.show === 'density' ? '' : `${cell.cls.label} · ${t('issuesN', { n: numberText(cell.count) })}`,
    end: cell.figure,
    open: () => set({ selected: cell.key }),
    hover: (on) => set({ hover: on ? cell.key : '' }),
  });
  element.prepend(swatch(cell.cls));
  if (counts)
    /** @type {Element} */ (element.querySelector('.row-end')).before(
      sparkline(counts, most, t('weeksSpoken', { counts: counts.join(', ') })),
    );
  if (shown.show === 'density') {
    const bar = styled(h('span', { class: 'bar' }), {
      width: `${Math.max(3, (Math.abs(cell.value ?? 0) / top) * 100)}%`,
      background: cell.cls.colour || '#fff',
    });
    element.append(h('span', { class: 'bar-track', 'aria-hidden': 'true' }, bar));
  }
  return element;
}
