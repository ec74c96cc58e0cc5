// @ts-check
import { CircleMarker, LayerGroup } from 'leaflet';
import { ShapeLayer } from '../map/shapeLayer.js';
import { buildBase } from '../places/base.js';
import { ensure } from '../places/places.js';
import { state, subscribe } from '../state.js';
import { isOpen, schoolFeature, schools } from './loads.js';
import { pairRows } from './pair.js';
import { detail, evidence, openPair } from './schoolLoads.js';

/** The campus, its gates, the venue and the streets around, for paper: firm lines that print without colour. @param {import('../map/secondMap.js').SecondMap} map */
export function buildSheetShapes(map) {
  buildBase(map).show(true);
  const campus = new ShapeLayer(map, {
    pane: 'shape',
    prefix: 'sheet',
    interactive: false,
    style: () => ({ color: '#143f80', weight: 2.5, fillColor: '#1f5fbf', fillOpacity: 0.12 }),
  });
  const marks = new LayerGroup().addTo(map.leaflet);
  campus.show(true);
  /** @param {number} lon @param {number} lat @param {import('leaflet').CircleMarkerOptions} look */
  const dot = (lon, lat, look) =>
    marks.addLayer(
      new CircleMarker([lat, lon], { pane: 'symbol', weight: 2, fillOpacity: 1, interactive: false, ...look }),
    );
  const draw = () => {
    const open = openPair();
    if (!isOpen() || !state().print || !open) return;
    ensure('base');
    const feature = schoolFeature(open.schoolStreet, open.school);
    campus.setFeatures(feature ? [feature] : []);
    marks.clearLayers();
    for (const { lon, lat } of feature?.properties.gates ?? [])
      dot(lon, lat, { radius: 4, color: '#143f80', fillColor: '#fff' });
    const [row] = pairRows();
    if (row) dot(row.lon, row.lat, { radius: 6, color: '#fff', fillColor: '#912018' });
  };
  for (const signal of [schools.signal, detail.signal, evidence.signal]) signal.subscribe(draw);
  subscribe(['print', 'selected'], draw);
  draw();
}
