// @ts-check
import { CircleMarker, Circle, LayerGroup } from 'leaflet';
import { position } from '../device/position.js';

/** Where the device is, with the circle of its accuracy. @param {import('./view.js').MapView} view */
export function buildPositionMark(view) {
  const group = new LayerGroup();
  const ring = new Circle([0, 0], {
    pane: 'mark',
    radius: 1,
    interactive: false,
    className: 'position-ring',
    color: '#1f5fbf',
    weight: 1,
    fillColor: '#1f5fbf',
    fillOpacity: 0.12,
  });
  const dot = new CircleMarker([0, 0], {
    pane: 'mark',
    radius: 7,
    interactive: false,
    className: 'position-dot',
    color: '#fff',
    weight: 3,
    fillColor: '#1f5fbf',
    fillOpacity: 1,
  });
  const draw = () => {
    const { fix } = position.value;
    if (!fix) return;
    ring.setLatLng([fix.lat, fix.lon]).setRadius(fix.accuracy);
    dot.setLatLng([fix.lat, fix.lon]);
    if (!view.leaflet.hasLayer(group)) group.addLayer(ring).addLayer(dot).addTo(view.leaflet);
  };
  position.subscribe(draw);
  draw();
}
