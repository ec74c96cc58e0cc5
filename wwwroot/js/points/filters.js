// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { areaName, areasNamed, config, symbolOf, typeName } from '../names.js';
import { set, state, subscribe, toggled } from '../state.js';
import { icon, symbolIcon } from '../symbols/symbol.js';
import { filterCount, filteredPoints, filterKeys, noFilters, points } from './points.js';

/** @param {string} [className] @returns {HTMLElement} the active filters, each to be taken off, and one button for all */
export function activeFilters(className = '') {
  const box = h('div', { class: `active-filters ${className}`, role: 'group' });
  const render = () => {
    const now = state();
    box.hidden = filterCount(now) === 0;
    box.setAttribute('aria-label', t('activeFilters'));
    const [level, code] = now.within.split(':');
    fill(
      box,
      ...now.types.map((type) => chip(typeName(type), () => set({ types: toggled(state().types, type) }))),
      now.placement ? chip(t(/** @type {any} */ (now.placement)), () => set({ placement: '' })) : null,
      now.openOnly ? chip(t('openOnly'), () => set({ openOnly: false })) : null,
      now.within ? chip(level ? areaName(code) : now.within, () => set({ within: '' })) : null,
      h('button', { type: 'button', class: 'link clear-all', on: { click: () => set(noFilters) } }, t('clearAll')),
    );
  };
  subscribe([...filterKeys, 'lang'], render);
  points.signal.subscribe(render);
  areasNamed.subscribe(render);
  render();
  return box;
}

/** @param {string} text @param {() => void} remove */
const chip = (text, remove) =>
  h(
    'button',
    {
      type: 'button',
      class: 'chip is-on',
      'aria-label': t('removeFilter', { name: text }),
      data: { focus: `active-${text}` },
      on: { click: remove },
    },
    h('span', { dir: 'auto' }, text),
    icon('close', 12),
  );

/** @param {string} key @param {boolean} on @param {(Node | string | null)[]} content @param {number} n @param {() => void} run */
const option = (key, on, content, n, run) =>
  h(
    'button',
    {
      type: 'button',
      class: `chip ${on ? 'is-on' : ''}`,
      'aria-pressed': String(on),
      data: { focus: `filter-${key}`, filter: key },
      on: { click: run },
    },
    ...content,
    h('span', { class: 'chip-n' }, numberText(n)),
  );

/** The filter section of the panel: every option with its count under the other filters. @param {HTMLElement} box */
export function buildFilters(box) {
  const render = () => {
    const now = state();
    const all = points.data?.length ?? 0;
    const shown = filteredPoints(now).length;
    const byType = tally(filteredPoints(now, 'types').map(({ properties }) => properties.type));
    const byPlacement = tally(filteredPoints(now, 'placement').map(({ properties }) => properties.placement));
    const withOpen = filteredPoints(now, 'openOnly').filter(({ properties }) => properties.open_issues > 0).length;
    const present = tally((points.data ?? []).map(({ properties }) => properties.type));
    const registered = config()
      .pointTypes.map(({ code }) => code)
      .filter((code) => present.has(code) || now.types.includes(code));
    const others = [...present.keys()].filter((code) => !registered.includes(code));
    fill(
      box,
      h(
        'h2',
        { class: 'section-title' },
        t('filter'),
        h('span', { class: 'section-note' }, t('shown', { n: numberText(shown), all: numberText(all) })),
      ),
      h('h3', { class: 'small-title' }, t('types')),
      h(
        'div',
        { class: 'chips', role: 'group', 'aria-label': t('types') },
        ...[...registered, ...others].map((code) =>
          option(
            `type-${code}`,
            now.types.includes(code),
            [symbolIcon(symbolOf(code), 16), h('span', { dir: 'auto' }, typeName(code))],
            byType.get(code) ?? 0,
            () => set({ types: toggled(state().types, code) }),
          ),
        ),
      ),
      h('h3', { class: 'small-title' }, t('placement')),
      h(
        'div',
        { class: 'chips', role: 'group', 'aria-label': t('placement') },
        ...['inside', 'snapped', 'orphan'].map((each) =>
          option(
            `placement-${each}`,
            now.placement === each,
            [t(/** @type {any} */ (each))],
            byPlacement.get(each) ?? 0,
            () => set({ placement: now.placement === each ? '' : each }),
          ),
        ),
        option('open', now.openOnly, [t('openOnly')], withOpen, () => set({ openOnly: !state().openOnly })),
      ),
    );
  };
  subscribe([...filterKeys, 'lang'], (now, changed) => {
    render();
    if (!changed.has('lang'))
      announce(t('shown', { n: numberText(filteredPoints(now).length), all: numberText(points.data?.length ?? 0) }));
  });
  points.signal.subscribe(render);
  render();
}

/** @param {string[]} values @returns {Map<string, number>} */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
