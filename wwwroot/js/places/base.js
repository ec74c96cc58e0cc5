// @ts-check
import { ShapeLayer } from '../map/shapeLayer.js';
import { collections } from './places.js';

/** Calm greys under everything. @type {Record<string, import('leaflet').PathOptions>} */
const baseStyles = {
  river: { stroke: false, fillColor: '#c9d6e2', fillOpacity: 1 },
  park: { stroke: false, fillColor: '#dfe7df', fillOpacity: 1 },
  road_main: { color: '#ffffff', weight: 6, opacity: 1, fill: false },
  road_minor: { color: '#ffffff', weight: 3, opacity: 1, fill: false },
  bridge: { color: '#ffffff', weight: 7, opacity: 1, fill: false },
  rail: { color: '#a3acb9', weight: 2, dashArray: '8 5', fill: false },
  other: { color: '#c3cad4', weight: 1.5, fill: false },
};
const baseOrder = ['park', 'river', 'road_minor', 'road_main', 'bridge', 'rail'];

/** The street's own base map; for every map of the page. @param {import('../map/view.js').Stage} view */
export function buildBase(view) {
  const casing = new ShapeLayer(view, {
    pane: 'base',
    prefix: 'casing',
    interactive: false,
    style: ({ properties }) => ({
      color: '#bcc4cf',
      weight: (baseStyles[properties.kind]?.weight ?? 0) + 1.6,
      opacity: 1,
      fill: false,
    }),
  });
  const layer = new ShapeLayer(view, {
    pane: 'base',
    prefix: 'base',
    interactive: false,
    style: ({ properties }) => baseStyles[properties.kind] ?? baseStyles.other,
  });
  const draw = (/** @type {import('../types.js').Feature[] | null} */ data) => {
    const ordered = [...(data ?? [])].sort(
      (a, b) => baseOrder.indexOf(a.properties.kind) - baseOrder.indexOf(b.properties.kind),
    );
    casing.setFeatures(ordered.filter(({ properties }) => /^(road|bridge)/.test(properties.kind)));
    layer.setFeatures(ordered);
  };
  collections.base.signal.subscribe(({ data }) => draw(data));
  draw(collections.base.data);
  return {
    show: (/** @type {boolean} */ on) => {
      casing.show(on);
      layer.show(on);
    },
  };
}
