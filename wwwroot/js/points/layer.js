// @ts-check
import { anchorOf } from '../geo/places.js';
import { t } from '../i18n/index.js';
import { ShapeLayer } from '../map/shapeLayer.js';
import { SymbolLayer } from '../map/symbolLayer.js';
import { gridShort, areaName, symbolOf, typeName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { shapeOf } from '../symbols/shapes.js';
import { filterKeys, filteredPoints, points } from './points.js';

/** @typedef {import('../types.js').Feature} Feature */

/** @param {Feature} feature @returns {string} what a screen reader says of a symbol */
const spoken = ({ properties }) =>
  [
    properties.name,
    typeName(properties.type),
    properties.open_issues ? t('openIssuesN', { n: properties.open_issues }) : '',
  ]
    .filter(Boolean)
    .join(', ');

/** @param {Feature} feature @returns {string[]} the three lines of its popup */
export function summaryLines({ properties }) {
  const place = properties.grid ? `${areaName(properties.community)} ${gridShort(properties.grid)}` : t('outsideAll');
  return [
    properties.name,
    `${typeName(properties.type)} · ${place}`,
    t('openIssuesN', { n: properties.open_issues ?? 0 }),
  ];
}

/** Points as symbols, and the lines and areas among them as drawn. @param {import('../map/view.js').MapView} view */
export function buildPointLayer(view) {
  const open = (/** @type {string} */ key) => {
    const feature = (points.data ?? []).find(({ properties }) => `point:${properties.code}` === key);
    const place = feature && anchorOf(feature);
    if (!feature || !place) return;
    view.popup(place, summaryLines(feature), t('details'), () =>
      set({ selected: key, panel: true, sheet: state().sheet === 'peek' ? 'half' : state().sheet }),
    );
  };
  const hover = (/** @type {string} */ key) => set({ hover: key });
  const symbols = new SymbolLayer(view, {
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_point') }),
    onOpen: open,
    onHover: hover,
  });
  const shapes = new ShapeLayer(view, {
    pane: 'shape',
    prefix: 'point',
    onOpen: open,
    onHover: hover,
    style: ({ geometry, properties }) => {
      const { colour } = shapeOf(symbolOf(properties.type));
      return {
        className: 'point-shape',
        color: colour,
        weight: geometry.type.includes('Line') ? 3 : 1.4,
        opacity: 0.6,
        fillColor: colour,
        fillOpacity: 0.16,
      };
    },
    hoverStyle: () => ({ weight: 6, opacity: 1 }),
  });

  const draw = () => {
    const shown = filteredPoints(state());
    const items = [];
    for (const feature of shown) {
      const place = anchorOf(feature);
      const { code, type, open_issues: issues, placement } = feature.properties;
      if (place)
        items.push({
          key: `point:${code}`,
          place,
          symbol: symbolOf(type),
          label: spoken(feature),
          open: issues ?? 0,
          placement,
        });
    }
    symbols.setItems(items);
    shapes.setFeatures(shown.filter(({ geometry }) => geometry && geometry.type !== 'Point'));
  };
  const visibility = () => {
    // The worker's own points have a layer of their own, which says what is due.
    // Around schools the points would hide the venues.
    const on = state().layers.includes('points') && !['mine', 'perimeters'].includes(state().area);
    symbols.show(on);
    shapes.show(on);
  };
  points.signal.subscribe(({ loading }) => {
    if (!loading) draw();
  });
  subscribe([...filterKeys, 'lang'], draw);
  subscribe(['layers', 'area'], visibility);
  subscribe(['hover'], ({ hover: key }) => {
    symbols.highlight(key);
    shapes.highlight(key);
  });
  subscribe(['selected'], ({ selected }) => symbols.select(selected));
  visibility();
  symbols.select(state().selected);
}
