// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { field, list, rowButton } from '../frame/parts.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { noCaseFilters } from '../cases/filters.js';
import { set, state, subscribe } from '../state.js';
import { cellRecords } from './cellRecords.js';
import { cellName, smallText, valueText } from './classes.js';
import { ask, weeks } from './loads.js';
import { button } from './parts.js';
import { picture } from './picture.js';
import { datesReversed, filterKeys, filterWords, hotspotsQuery, measureOf, stateOf, viewKeys } from './question.js';
import { sparkline } from './sparkline.js';
import { swatch } from './style.js';

/**
 * @typedef {{ code: string, name: string, parent?: string | null, count: number, value: number | null, weight: number }} Neighbour
 * @typedef {{ cell: { code: string, name: string, parent: string | null, count: number, value: number | null, visits: number | null, points: number | null },
 *   expected: number | null, neighbours: Neighbour[], gi_star: number | null, p: number | null, q: number | null, class: string,
 *   n: number, mean: number, sd: number, records?: string, text: { zh: string, en: string } }} Explanation
 */

export const explanation = /** @type {Loader<Explanation>} */ (new Loader());

/**
 * Why a cell has the colour it has: count, what would be usual, neighbours, how sure it is, and the issues behind it.
 * @param {HTMLElement} box @param {string} level @param {string} code @param {() => void} [title] draws what stands above it
 * @returns {() => void} draws it again
 */
export function showExplanation(box, level, code, title) {
  const tells = level === 'grid' || level === 'hex';
  const load = () => {
    const now = state();
    if (!box.isConnected || now.area !== 'situation' || !tells || datesReversed(now)) return;
    // Whatever the map shows, the answer is about the cell's hot or cold place among its neighbours.
    const query = {
      ...hotspotsQuery({ ...now, density: /** @type {any} */ (level), statistic: 'gi_star' }),
      cell: code,
    };
    ask(explanation, '/api/hotspots/explain', query, { forget: true });
  };
  const draw = () => {
    if (state().selected !== `${level}:${code}`) return;
    title?.();
    fill(box, ...content(level, code, tells));
  };
  draw();
  // The box is put into the page by who asked for it.
  queueMicrotask(load);
  current = { box, load, draw };
  return draw;
}

/** The one that is open; an older one has nothing to say any more. @type {{ box: HTMLElement, load: () => void, draw: () => void } | null} */
let current = null;
const redraw = () => {
  if (current?.box.isConnected) current.draw();
};
explanation.signal.subscribe(redraw);
weeks.signal.subscribe(redraw);
picture.subscribe(redraw);
subscribe([...filterKeys, ...viewKeys, 'area'], () => {
  if (current?.box.isConnected) current.load();
});

/** @param {string} level @param {string} code @param {boolean} tells */
function content(level, code, tells) {
  const now = state();
  const cell = picture.value?.level === level ? picture.value.cells.get(code) : undefined;
  const counts =
    weeks.data?.asked.level === level ? weeks.data.cells.find((each) => each.code === code)?.counts : undefined;
  const records = () => {
    const within = level === 'hex' ? '' : `${level}:${code}`;
    const only = stateOf(now);
    set({
      ...noCaseFilters,
      area: 'ledger',
      within,
      category: now.category,
      from: now.from,
      to: now.to,
      life: only === 'open' ? 'open' : '',
      states: Object.freeze(only === 'open' || only === 'all' ? [] : [only]),
      selected: '',
      section: '',
    });
  };
  return [
    h('h3', { class: 'section-title' }, t('explainTitle')),
    h('p', { class: 'quiet' }, filterWords(now).slice(1).join(' · ')),
    cell && picture.value
      ? h(
          'p',
          { class: 'explain-class' },
          swatch(cell.cls),
          h('strong', null, cell.cls.label),
          h('span', null, ` ${picture.value.title}：${cell.figure}`),
        )
      : null,
    ...(tells ? statistics(level) : []),
    counts
      ? h(
          'div',
          { class: 'explain-weeks' },
          h('h3', { class: 'small-title' }, t('twelveWeeks')),
          sparkline(counts, Math.max(1, ...counts), t('weeksSpoken', { counts: counts.join(', ') }), {
            width: 300,
            height: 48,
          }),
          h('p', { class: 'quiet' }, counts.join(' · ')),
        )
      : null,
    h(
      'div',
      { class: 'button-row' },
      // The ledger knows neither hexagons nor shifts; it would show other issues than those meant here.
      level === 'hex' || now.shift
        ? null
        : button(t('recordsBehind'), 'records', records, { class: 'button is-primary' }),
      level === 'hex'
        ? null
        : button(t('hoursHere'), 'hours-here', () =>
            set({ within: `${level}:${code}`, section: 'profile', selected: '' }),
          ),
      copyLink(),
    ),
  ];
}

/** @param {string} of level @returns {(HTMLElement | null)[]} */
function statistics(of) {
  const { loading, data, problem } = explanation.signal.value;
  if (problem?.code === 'too-few-to-tell')
    return [
      emptyBox(
        t('tooFewTitle'),
        tCode('tooFew', problem.body.reason) === problem.body.reason
          ? problem.detail
          : tCode('tooFew', problem.body.reason),
      ),
    ];
  if (problem) return [problemBox(problem, () => void explanation.again(), '')];
  if (!data) return [loading ? skeleton(4) : null];
  const { cell, neighbours } = data;
  const measure = measureOf({ ...state(), show: 'hotspots' });
  const plain = measure === 'count';
  return [
    h('p', { class: 'explanation', dir: 'auto' }, state().lang === 'en' ? data.text.en : data.text.zh),
    h(
      'dl',
      { class: 'fields is-tight explain-figures' },
      field(t('here'), t('issuesN', { n: numberText(cell.count) })),
      plain ? null : field(tCode('measure', measure), valueText(measure, cell.value)),
      data.expected === null ? null : field(t('expected'), numberText(data.expected, 2)),
      field(t('meanOfAll', { n: numberText(data.n) }), numberText(data.mean, 2)),
      cell.points === null || cell.points === undefined ? null : field(t('points'), numberText(cell.points)),
      cell.visits === null || cell.visits === undefined ? null : field(t('visits'), numberText(cell.visits)),
      field('z', data.gi_star === null ? '—' : numberText(data.gi_star, 2)),
      field('p', smallText(data.p)),
      field(t('qValue'), smallText(data.q)),
    ),
    neighbours.length ? h('h3', { class: 'small-title' }, t('neighboursN', { n: neighbours.length })) : null,
    neighbours.length
      ? list(
          neighbours.map((each) => {
            const level = each.code.startsWith('h') ? 'hex' : 'grid';
            const key = `${level}:${each.code}`;
            return rowButton({
              key,
              title: cellName(
                { ...each, parent: each.parent ?? (level === 'grid' ? each.code.slice(0, -3) : null) },
                level,
              ),
              end: plain ? numberText(each.count) : valueText(measure, each.value),
              open: () => set({ selected: key }),
              hover: (on) => set({ hover: on ? key : '' }),
            });
          }),
        )
      : null,
    data.records && (of === 'hex' || state().shift) ? recordsOf(data.records) : null,
  ];
}

/** The list stays open while what is around it is drawn anew. @type {{ address: string, list: HTMLElement } | null} */
let records = null;

/** @param {string} address */
function recordsOf(address) {
  if (records?.address !== address) records = { address, list: cellRecords(address) };
  return records.list;
}

/** The address says everything that is on the screen, this cell included. */
function copyLink() {
  const done = h('span', { class: 'copied', 'aria-live': 'polite' });
  return h(
    'span',
    { class: 'copy-link' },
    button(t('copyLink'), 'copy-link', async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        done.textContent = t('copied');
      } catch {
        // Without leave to write to the clipboard the person can still take the address from the browser's bar.
        done.textContent = t('copyRefused');
      }
    }),
    done,
  );
}
