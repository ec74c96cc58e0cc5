// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { extent, anchorOf } from '../geo/places.js';
import { areaText, numberText, t, tCode } from '../i18n/index.js';
import { categoryName, symbolOf } from '../names.js';
import { collections, ensure } from '../places/places.js';
import { set, state, subscribe } from '../state.js';
import { buildUpload } from './upload.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../map/view.js').MapView} MapView */

/** @type {readonly { key: 'coverage' | 'unplaced' | 'import', text: import('../i18n/index.js').TextKey }[]} */
const tabs = Object.freeze([
  { key: 'coverage', text: 'coverageTab' },
  { key: 'unplaced', text: 'unplacedTab' },
  { key: 'import', text: 'importTab' },
]);

/** Findings, or records outside all grids, that are listed; the map shows all of them. */
const shownRecords = 100;

/** What is wrong with the data, and how new data comes in. @param {HTMLElement} box @param {MapView} view @param {() => void} reload after an import */
export function buildData(box, view, reload) {
  const bar = h('div', { class: 'tabs', role: 'tablist' });
  const panes = Object.fromEntries(
    tabs.map(({ key }) => [
      key,
      h('div', { id: `tab-${key}`, role: 'tabpanel', 'aria-labelledby': `tab-button-${key}` }),
    ]),
  );
  box.append(bar, ...Object.values(panes));
  buildUpload(panes.import, reload);

  const renderTabs = () => {
    const { tab, area } = state();
    bar.setAttribute('aria-label', t('data'));
    fill(
      bar,
      ...tabs.map(({ key, text }) =>
        h(
          'button',
          {
            type: 'button',
            role: 'tab',
            id: `tab-button-${key}`,
            class: 'tab',
            'aria-selected': String(key === tab),
            'aria-controls': `tab-${key}`,
            tabindex: key === tab ? 0 : -1,
            data: { focus: `tab-${key}` },
            on: { click: () => set({ tab: key }) },
          },
          t(text),
        ),
      ),
    );
    for (const { key } of tabs) panes[key].hidden = key !== tab;
    if (area !== 'data') return;
    if (tab === 'coverage') ensure('coverage');
    if (tab === 'unplaced') ensure('unplaced');
  };
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = tabs.findIndex(({ key }) => key === state().tab);
    set({ tab: tabs[(index + step + tabs.length) % tabs.length].key });
    /** @type {HTMLElement | null} */ (bar.querySelector('[aria-selected="true"]'))?.focus();
  });
  // Only what can be seen is in the page; the lists may be long.
  const shown = (/** @type {string} */ tab) => state().area === 'data' && state().tab === tab;
  const renderCoverage = () => fill(panes.coverage, ...(shown('coverage') ? coverageContent(view) : []));
  const renderUnplaced = () => fill(panes.unplaced, ...(shown('unplaced') ? unplacedContent(view) : []));
  subscribe(['tab', 'area', 'lang'], () => {
    renderTabs();
    renderCoverage();
    renderUnplaced();
  });
  collections.coverage.signal.subscribe(renderCoverage);
  collections.unplaced.signal.subscribe(renderUnplaced);
  renderTabs();
  renderCoverage();
  renderUnplaced();
}

/** @param {MapView} view @returns {(Node | null)[]} */
function coverageContent(view) {
  const { data, loading, problem } = collections.coverage.signal.value;
  const title = h(
    'h2',
    { class: 'section-title' },
    t('coverageTab'),
    data ? h('span', { class: 'section-note' }, t('coverageCount', { n: numberText(data.length) })) : null,
  );
  if (problem) return [title, problemBox(problem, () => void collections.coverage.again())];
  if (!data) return [title, loading ? skeleton(5) : null];
  if (data.length === 0) return [title, emptyBox(t('coverageNone'))];
  return [title, list(data.slice(0, shownRecords).map((feature) => findingRow(feature, view))), moreRecords(data)];
}

/** @param {Feature[]} data */
const moreRecords = (data) =>
  data.length > shownRecords
    ? h('p', { class: 'quiet' }, t('moreRows', { n: numberText(data.length - shownRecords) }))
    : null;

/** @param {Feature} feature @param {MapView} view */
function findingRow(feature, view) {
  const { properties } = feature;
  const key = `finding:${properties.id ?? feature.id}`;
  return rowButton({
    key,
    title: tCode('rule', properties.rule),
    note: state().lang === 'en' ? properties.message_en : properties.message_zh,
    end: properties.area_m2 ? areaText(properties.area_m2) : '',
    hover: (on) => set({ hover: on ? key : '' }),
    open: () => {
      set({ sheet: 'half' });
      const box = extent(feature.geometry);
      if (box) view.fit(box, true, 19);
    },
  });
}

/** @param {MapView} view @returns {(Node | null)[]} */
function unplacedContent(view) {
  const { data, loading, problem } = collections.unplaced.signal.value;
  const title = h(
    'h2',
    { class: 'section-title' },
    t('unplacedTab'),
    data ? h('span', { class: 'section-note' }, t('unplacedCount', { n: numberText(data.length) })) : null,
  );
  if (problem) return [title, problemBox(problem, () => void collections.unplaced.again())];
  if (!data) return [title, loading ? skeleton(5) : null];
  if (data.length === 0) return [title, emptyBox(t('unplacedNone'))];
  return [
    title,
    h('p', { class: 'quiet' }, t('unplacedHint')),
    list(
      data.slice(0, shownRecords).map((feature) => {
        const p = feature.properties;
        const key = `${p.kind_of}:${p.kind_of === 'issue' ? feature.id : p.code}`;
        return rowButton({
          key,
          symbol: p.kind_of === 'point' ? symbolOf(p.type) : p.kind_of,
          title: p.name ?? categoryName(p.category),
          note: `${tCode('kind', p.kind_of)} · ${p.code ?? ''}`,
          hover: (on) => set({ hover: on ? key : '' }),
          open: () => {
            set({ selected: key, sheet: 'half' });
            const place = anchorOf(feature);
            if (place) view.show(place, 16);
          },
        });
      }),
    ),
    moreRecords(data),
  ];
}
