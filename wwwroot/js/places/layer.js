// @ts-check
import { anchorOf } from '../geo/places.js';
import { t, tCode, timeText } from '../i18n/index.js';
import { caseKeys } from '../cases/filters.js';
import { issuesChanged } from '../issue/issue.js';
import { ShapeLayer } from '../map/shapeLayer.js';
import { SymbolLayer } from '../map/symbolLayer.js';
import { areaName, categoryName, gridShort, symbolOf, venueCategoryName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { buildBase } from './base.js';
import { collections, ensure } from './places.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('./places.js').Collection} Collection */

/** @param {string} name of a collection @returns {string} of one record in it */
const one = (name) => (name === 'unplaced' ? 'record' : name.slice(0, -1));

/** @param {Feature} feature */
const idOf = (feature) => String(feature.id ?? feature.properties.id ?? feature.properties.code);

/** @type {Record<string, { kind: (feature: Feature) => string, symbol: (feature: Feature) => string, title: (feature: Feature) => string, note: (feature: Feature) => string, size: number, cluster: number }>} */
const kinds = {
  schools: {
    kind: () => 'school',
    symbol: () => 'school',
    title: ({ properties }) => properties.name,
    note: ({ properties }) => t('kind_school') + ' · ' + whereText(properties),
    size: 22,
    cluster: 20,
  },
  gates: {
    kind: () => 'gate',
    symbol: () => 'gate',
    title: ({ properties }) => properties.name,
    note: () => t('gate'),
    size: 15,
    cluster: 12,
  },
  venues: {
    kind: () => 'venue',
    symbol: () => 'venue',
    title: ({ properties }) => properties.name,
    note: ({ properties }) => venueCategoryName(properties.category),
    size: 16,
    cluster: 26,
  },
  issues: {
    kind: () => 'issue',
    symbol: () => 'issue',
    title: ({ properties }) => categoryName(properties.category),
    note: ({ properties }) => timeText(properties.found_at),
    size: 16,
    cluster: 36,
  },
  unplaced: {
    kind: ({ properties }) => properties.kind_of,
    symbol: ({ properties }) => (properties.kind_of === 'point' ? symbolOf(properties.type) : properties.kind_of),
    title: ({ properties }) => properties.name ?? categoryName(properties.category),
    note: ({ properties }) => `${tCode('kind', properties.kind_of)} · ${t('outsideAll')}`,
    size: 20,
    cluster: 24,
  },
};

/** @param {any} properties */
const whereText = (properties) =>
  properties.grid ? `${areaName(properties.community)} ${gridShort(properties.grid)}` : t('outsideAll');

/** Which switch of the layer control shows which collection. @type {Record<Collection, string>} */
const switches = {
  schools: 'schools',
  gates: 'schools',
  venues: 'venues',
  issues: 'issues',
  unplaced: 'orphans',
  base: 'base',
  coverage: 'coverage',
};

/** Schools with campus and gates, venues, open issues, and everything outside all grids. @param {import('../map/view.js').MapView} view */
export function buildPlaceLayers(view) {
  /** @type {[Collection, { show: (on: boolean) => void }][]} */
  const built = [];
  for (const [name, kind] of Object.entries(kinds)) {
    const loader = collections[/** @type {Collection} */ (name)];
    const keyOf = (/** @type {Feature} */ feature) => `${kind.kind(feature)}:${idOf(feature)}`;
    const open = (/** @type {string} */ key) => {
      const feature = (loader.data ?? []).find((each) => keyOf(each) === key);
      const place = feature && anchorOf(feature);
      if (!feature || !place) return;
      const target = kind.kind(feature) === 'gate' ? `school:${feature.properties.school}` : key;
      view.popup(place, [kind.title(feature), kind.note(feature)], t('details'), () =>
        set({ selected: target, panel: true, sheet: 'half' }),
      );
    };
    const symbols = new SymbolLayer(view, {
      radius: kind.cluster,
      clusterClass: `of-${name}`,
      clusterLabel: (n) => t('clusterLabel', { n, kind: tCode('kind', one(name)) }),
      onOpen: open,
      onHover: (key) => set({ hover: key }),
    });
    // A layer that is on marks its own outsiders; here they would stand twice.
    const drawn = () => (loader.data ?? []).filter((feature) => name !== 'unplaced' || !isOn(`${kind.kind(feature)}s`));
    const draw = () =>
      symbols.setItems(
        drawn().flatMap((feature) => {
          const place = anchorOf(feature);
          const label = `${kind.title(feature)}, ${kind.note(feature)}`;
          return place
            ? [
                {
                  key: keyOf(feature),
                  place,
                  symbol: kind.symbol(feature),
                  label,
                  size: kind.size,
                  placement: feature.properties.placement,
                },
              ]
            : [];
        }),
      );
    loader.signal.subscribe(({ loading }) => {
      if (!loading) draw();
    });
    subscribe(name === 'unplaced' ? ['lang', 'layers', 'area'] : ['lang'], draw);
    subscribe(['hover'], ({ hover }) => symbols.highlight(hover));
    subscribe(['selected'], ({ selected }) => symbols.select(selected));
    built.push([/** @type {Collection} */ (name), symbols]);
  }
  built.push(['schools', buildCampuses(view)], ['base', buildBase(view)], ['coverage', buildFindings(view)]);
  const visibility = () => {
    for (const [name, layer] of built) {
      // Around schools another layer draws them, by verdict.
      const elsewhere = state().area === 'perimeters' && !['base', 'issues', 'coverage'].includes(name);
      const on = (isOn(switches[name]) && !elsewhere) || (name === 'coverage' && state().area === 'data' && state().tab === 'coverage');
      if (on) ensure(name);
      layer.show(on);
    }
  };
  subscribe(['layers', 'area', 'tab'], visibility);
  let shownIn = state().area;
  subscribe([...caseKeys, 'area'], ({ area }) => {
    if ([area, shownIn].some((each) => each === 'ledger' || (each === 'inbox' && area !== shownIn))) again();
    shownIn = area;
  });
  issuesChanged.subscribe(again);
  return visibility;
}

/** Work areas about issues, where the map shows them. @type {readonly string[]} */
const casework = ['inbox', 'board', 'ledger'];

/** @param {string} layer @returns {boolean} switched on by somebody, or by the work area */
export const isOn = (layer) => state().layers.includes(layer) || (layer === 'issues' && casework.includes(state().area));

/** Loads the issues of the map anew, if anybody looked at them. */
function again() {
  const { data, problem } = collections.issues.signal.value;
  if (data || problem || casework.includes(state().area)) ensure('issues', true);
}

/** @param {import('../map/view.js').MapView} view */
function buildCampuses(view) {
  const layer = new ShapeLayer(view, {
    pane: 'shape',
    prefix: 'campus',
    interactive: false,
    style: () => ({ color: '#1f5fbf', weight: 1.6, fillColor: '#1f5fbf', fillOpacity: 0.1, dashArray: '5 3' }),
  });
  collections.schools.signal.subscribe(({ data }) => layer.setFeatures(data ?? []));
  return layer;
}

/** @param {import('../map/view.js').MapView} view */
function buildFindings(view) {
  const layer = new ShapeLayer(view, {
    pane: 'finding',
    prefix: 'finding',
    style: () => ({ color: '#9c2a5f', weight: 3, fillColor: 'url(#hatch-finding)', fillOpacity: 0.9 }),
    hoverStyle: () => ({ color: '#5c0f33', weight: 6 }),
    tooltip: ({ properties }) => [
      tCode('rule', properties.rule),
      state().lang === 'en' ? properties.message_en : properties.message_zh,
    ],
    onHover: (key) => set({ hover: key }),
    onOpen: () => set({ area: 'data', tab: 'coverage', selected: '', panel: true }),
  });
  collections.coverage.signal.subscribe(({ data }) =>
    layer.setFeatures(
      (data ?? []).map((feature) => ({
        ...feature,
        properties: { ...feature.properties, code: feature.properties.id ?? feature.id },
      })),
    ),
  );
  subscribe(['hover'], ({ hover }) => layer.highlight(hover));
  return layer;
}
