// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { set, state, subscribe } from '../state.js';
import { meant } from './layer.js';
import { base, compliance, isOpen, mostRows } from './loads.js';
import { facets, filteredPairs, sortedPairs } from './rows.js';
import { categoryOf, ruleOf } from './names.js';
import { limitText, metresText, verdictMark, walkingText } from './verdicts.js';

/** @typedef {import('./types.js').Pair} Pair */

/** Rows drawn before all are asked for: a table of thousands is read by its filters, not by its end. */
const firstRows = 200;

/** @type {readonly { key: string, text: import('../i18n/index.js').TextKey, number?: boolean, value: (pair: Pair) => Node | string }[]} */
const columns = Object.freeze([
  { key: 'verdict', text: 'verdictFilter', value: ({ worst }) => verdictMark(worst.verdict) },
  { key: 'school', text: 'kind_school', value: ({ worst }) => worst.school_name },
  { key: 'venue', text: 'kind_venue', value: (pair) => openLink(pair) },
  { key: 'category', text: 'venueCategory', value: ({ worst }) => categoryOf(worst) },
  { key: 'straight', text: 'straightWall', number: true, value: ({ worst }) => metresText(worst.straight_m) },
  { key: 'gate', text: 'straightGate', number: true, value: ({ worst }) => metresText(worst.gate_m) },
  { key: 'walking', text: 'walkingDistance', number: true, value: ({ worst }) => walkingText(worst) },
  { key: 'limit', text: 'limitWord', number: true, value: ({ worst }) => limitText(worst) },
  {
    key: 'rule',
    text: 'ruleFilter',
    value: ({ worst, rows }) =>
      rows.length > 1 ? t('rulesMore', { name: ruleOf(worst), n: rows.length - 1 }) : ruleOf(worst),
  },
  { key: 'reason', text: 'reasonTitle', value: ({ worst }) => tCode('reason', worst.reason) },
]);

const sortable = ['verdict', 'school', 'venue', 'category', 'straight', 'gate', 'walking', 'limit'];

/**
 * The map's twin: school × venue with both distances, and the same as a file.
 * @param {HTMLElement} drawer @param {HTMLElement} pointTable the list it takes the place of
 */
export function buildPairTable(drawer, pointTable) {
  let all = false;
  const title = h('h2', { class: 'drawer-title' });
  const tools = h('span', { class: 'drawer-tools' });
  const scroll = h('div', { class: 'drawer-scroll', tabindex: 0, role: 'region' });
  const box = h('div', { class: 'pair-table' }, h('div', { class: 'drawer-head' }, title, tools), scroll);
  const wanted = () => state().table && isOpen();
  const render = () => {
    const on = wanted();
    if (!on) {
      if (box.isConnected) pointTable.hidden = false;
      return box.remove();
    }
    if (!box.isConnected) drawer.append(box);
    pointTable.hidden = true;
    drawer.setAttribute('aria-label', t('table'));
    scroll.setAttribute('aria-label', t('pairTable'));
    const { loading, data, problem } = compliance.signal.value;
    const pairs = data ? sortedPairs(filteredPairs(data.rows), state().pSort) : [];
    fill(
      title,
      t('pairTable'),
      h(
        'span',
        { class: 'section-note', data: { pairs: String(pairs.length) } },
        t('pairsN', { n: numberText(pairs.length) }),
      ),
    );
    fill(
      tools,
      ...exportLinks('/api/perimeters/compliance', exportQuery(), ['xlsx', 'csv', 'geojson']),
      h(
        'button',
        { type: 'button', class: 'link', data: { focus: 'pairs-close' }, on: { click: () => set({ table: false }) } },
        t('tableHide'),
      ),
    );
    if (!data)
      return fill(scroll, problem ? problemBox(problem, () => void compliance.again()) : loading ? skeleton(6) : null);
    fill(
      scroll,
      problem ? problemBox(problem, () => void compliance.again()) : null,
      data.more ? h('p', { class: 'message is-warning' }, t('rowsCut', { n: numberText(mostRows) })) : null,
      pairs.length ? table(all ? pairs : pairs.slice(0, firstRows)) : emptyBox(t('noPairs'), t('noPairsHint')),
      !all && pairs.length > firstRows
        ? h(
            'button',
            {
              type: 'button',
              class: 'button',
              data: { focus: 'pairs-all' },
              on: {
                click: () => {
                  all = true;
                  render();
                },
              },
            },
            t('showAllN', { n: numberText(pairs.length) }),
          )
        : null,
    );
  };
  scroll.addEventListener('mouseover', (event) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-key]'));
    if (row) set({ hover: row.dataset.key ?? '' });
  });
  scroll.addEventListener('mouseleave', () => set({ hover: '' }));
  subscribe(['hover'], ({ hover }) => {
    if (!wanted()) return;
    const now = meant(hover);
    for (const row of /** @type {Iterable<HTMLElement>} */ (scroll.querySelectorAll('[data-key]'))) {
      const own = meant(row.dataset.key ?? '');
      const lit = now.venue
        ? own.venue === now.venue && (!now.school || own.school === now.school)
        : now.school !== '' && own.school === now.school;
      row.classList.toggle('is-hover', lit);
    }
  });
  subscribe(['table', 'area', 'lang', 'pSort', ...facets], render);
  compliance.signal.subscribe(render);
  render();
}

/** What the filters say, as the service's own parameters. */
export function exportQuery() {
  const now = state();
  return {
    ...base(),
    verdict: now.pVerdicts.join(','),
    category: now.pCategories.join(','),
    rule: now.pRules.join(','),
    q: now.pq,
  };
}

/**
 * Links to the same as files.
 * @param {string} path @param {import('../api.js').Query} query @param {readonly ('xlsx' | 'csv' | 'geojson' | 'docx')[]} formats
 */
export const exportLinks = (path, query, formats) =>
  formats.map((format) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(/** @type {import('../api.js').Query} */ ({ ...query, format })))
      if (value !== '' && value !== null && value !== undefined) parameters.set(name, String(value));
    return h(
      'a',
      { class: 'link', href: `${path}?${parameters}`, download: '', data: { file: format } },
      tCode('file', format),
    );
  });

/** @param {Pair[]} pairs */
function table(pairs) {
  const { pSort } = state();
  const active = pSort.replace(/^-/, '') || 'verdict';
  const down = pSort.startsWith('-');
  return h(
    'table',
    { class: 'plain records pairs' },
    h('caption', { class: 'visually-hidden' }, t('pairTable')),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        ...columns.map(({ key, text, number }) =>
          h(
            'th',
            {
              scope: 'col',
              class: number ? 'is-number' : undefined,
              'aria-sort': key === active ? (down ? 'descending' : 'ascending') : undefined,
            },
            sortable.includes(key)
              ? h(
                  'button',
                  {
                    type: 'button',
                    class: 'sort',
                    data: { focus: `psort-${key}` },
                    on: { click: () => set({ pSort: key === active && !down ? `-${key}` : key }) },
                  },
                  t(text),
                  h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, key === active ? (down ? '▼' : '▲') : '↕'),
                )
              : t(text),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      null,
      ...pairs.map((pair) =>
        h(
          'tr',
          { data: { key: `pair:${pair.key}` } },
          ...columns.map(({ number, value }) =>
            h('td', { class: number ? 'is-number' : undefined, dir: 'auto' }, value(pair)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Pair} pair */
const openLink = (pair) =>
  h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `pair-${pair.key}` },
      on: {
        click: () => set({ selected: `pair:${pair.key}`, panel: true }),
        focus: () => set({ hover: `pair:${pair.key}` }),
        blur: () => set({ hover: '' }),
      },
    },
    pair.worst.venue_name,
  );
