// @ts-check
import { Canvas, CircleMarker, GeoJSON, LayerGroup, Tooltip } from 'leaflet';
import { h } from '../dom.js';
import { set, state, subscribe } from '../state.js';
import { coverage, coverageOpen, coverageTip } from './coverage.js';

/** @typedef {import('../types.js').Feature} Feature */

// Unseen is wide, dashed and strong; seen is thin and calm: told apart without colour, too.
const unseen = { color: '#b42318', weight: 4, dashArray: '7 6', opacity: 1, fillColor: '#ffffff', fillOpacity: 0.15 };
const seen = { color: '#5b7c99', weight: 1.5, opacity: 0.9, fillColor: '#5b7c99', fillOpacity: 0.25 };

/** What nobody saw, on the map while the board shows the coverage. @param {import('../map/view.js').MapView} view */
export function buildCoverageLayer(view) {
  const group = new LayerGroup();
  const renderer = new Canvas({ pane: 'finding', padding: 0.3, tolerance: 4 });
  const tip = new Tooltip({ direction: 'top', offset: [0, -6], opacity: 1, className: 'map-tooltip' });
  // From far away wide dashes would run into one another.
  const far = () => view.leaflet.getZoom() < 16;
  let drawnFar = far();
  const draw = () => {
    drawnFar = far();
    const open = coverageOpen();
    view.leaflet.getContainer().classList.toggle('shows-coverage', open);
    if (!open || !coverage.data) {
      group.remove();
      return;
    }
    group.clearLayers();
    const features = [...coverage.data.features].sort((a, b) => rank(a) - rank(b));
    const options = {
      pane: 'finding',
      renderer,
      style: (/** @type {any} */ feature) => ({
        ...(feature.properties.seen ? seen : unseen),
        ...(drawnFar && !feature.properties.seen ? { weight: 2, dashArray: '4 3' } : {}),
        renderer,
      }),
      pointToLayer: (/** @type {any} */ feature, /** @type {any} */ place) =>
        new CircleMarker(place, {
          renderer,
          pane: 'finding',
          radius: drawnFar ? 2 : feature.properties.seen ? 3 : 5,
        }),
      onEachFeature: (/** @type {any} */ feature, /** @type {any} */ layer) => {
        if (feature.geometry.type === 'Point')
          layer.setStyle(
            feature.properties.seen
              ? { ...seen, fillOpacity: 1 }
              : { ...unseen, weight: drawnFar ? 1 : 2, dashArray: undefined, fillOpacity: 1 },
          );
        layer.on('mouseover', (/** @type {any} */ event) => {
          const lines = coverageTip(feature);
          const box = lines.map((line, i) => h('p', { class: i ? '' : 'tooltip-title', dir: 'auto' }, line));
          tip.setContent(h('div', null, ...box)).setLatLng(event.latlng);
          view.leaflet.openTooltip(tip);
        });
        layer.on('mouseout', () => view.leaflet.closeTooltip(tip));
        if (feature.properties.kind !== 'point') return;
        layer.on('click', (/** @type {any} */ event) => {
          event.originalEvent.stopPropagation();
          set({ selected: `point:${feature.properties.code}` });
        });
      },
    };
    group.addLayer(
      new GeoJSON(/** @type {any} */ ({ type: 'FeatureCollection', features }), /** @type {any} */ (options)),
    );
    group.addTo(view.leaflet);
  };
  view.leaflet.on('zoomend', () => {
    if (coverageOpen() && far() !== drawnFar) draw();
  });
  coverage.signal.subscribe(({ loading }) => {
    if (!loading) draw();
  });
  subscribe(['area', 'section'], () => {
    if (coverageOpen() || state().area !== 'board' || group.getLayers().length) draw();
  });
  draw();
}

/** Areas below lines below points, what was not seen on top. @param {Feature} feature */
const rank = ({ geometry, properties }) =>
  (geometry.type.endsWith('Polygon') ? 0 : geometry.type.endsWith('LineString') ? 2 : 4) + (properties.seen ? 0 : 1);
