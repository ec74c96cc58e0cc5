// @ts-check
import { DivIcon, LayerGroup, Marker } from 'leaflet';
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { PlaceMark, ShapeLayer } from '../map/shapeLayer.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { allowedAreas, check, checkOpen, goTo } from './check.js';

const looks = /** @type {Record<string, import('leaflet').PathOptions>} */ ({
  allowed: { color: '#05603a', weight: 1, fillColor: '#12813f', fillOpacity: 0.16 },
  unsure: { color: '#8a6100', weight: 1.5, dashArray: '4 4', fillColor: 'url(#hatch-unsure)', fillOpacity: 0.9 },
  forbidden: { color: '#912018', weight: 1.5, fillColor: 'url(#hatch-forbidden)', fillOpacity: 0.9 },
});

/** A click asks about the place; where the category is allowed lies under it. @param {import('../map/view.js').MapView} view */
export function buildCheckLayer(view) {
  const mark = new PlaceMark(view);
  const areas = new ShapeLayer(view, {
    pane: 'fill',
    interactive: false,
    key: ({ properties }) => `area:${properties.status}`,
    style: ({ properties }) => looks[properties.status] ?? looks.unsure,
  });
  const near = new LayerGroup();
  const draw = () => {
    const open = checkOpen();
    const { pAt, pAllowed, pCategory } = state();
    mark.put(open && pAt ? [pAt[0], pAt[1]] : null);
    areas.show(open && pAllowed && pCategory !== '');
    near.clearLayers();
    const place = check.data?.nearest_allowed;
    if (!open || !pAt || !place || check.data?.allowed === true) return void near.remove();
    const html = h('span', { class: 'nearest-mark', title: t('nearestMark') }, icon('check', 16));
    near.addLayer(
      new Marker([place.lat, place.lon], {
        pane: 'mark',
        interactive: false,
        keyboard: false,
        icon: new DivIcon({ html, className: 'nearest-icon', iconSize: undefined }),
      }),
    );
    near.addTo(view.leaflet);
  };
  view.clicked.push(([lon, lat]) => {
    if (!checkOpen()) return;
    set({ pAt: [round(lon), round(lat)], panel: true, sheet: state().sheet === 'peek' ? 'half' : state().sheet });
    view.reveal([lon, lat]);
  });
  goTo.subscribe((place) => {
    if (place) view.show([place[0], place[1]], 17);
  });
  allowedAreas.signal.subscribe(({ loading, data }) => {
    if (!loading) areas.setFeatures(data?.features ?? []);
  });
  check.signal.subscribe(draw);
  subscribe(['area', 'section', 'selected', 'pAt', 'pAllowed', 'pCategory', 'lang'], draw);
  draw();
}

/** @param {number} degrees */
const round = (degrees) => Math.round(degrees * 1e7) / 1e7;
