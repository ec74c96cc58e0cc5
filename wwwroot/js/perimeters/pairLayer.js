// @ts-check
import { DivIcon, GeoJSON, LayerGroup, Marker, Polyline } from 'leaflet';
import { h } from '../dom.js';
import { extent, union } from '../geo/places.js';
import { numberText, t } from '../i18n/index.js';
import { state, subscribe } from '../state.js';
import { isOpen } from './loads.js';
import { pairRows } from './pair.js';
import { detail, evidence } from './schoolLoads.js';

/** @typedef {import('../types.js').LonLat} LonLat */

/** The line to the nearest point of the wall and the way on foot, each with its length. @param {import('../map/view.js').Stage} view @param {(box: import('../types.js').BBox) => void} fit */
export function buildPairLayer(view, fit) {
  const group = new LayerGroup();
  let fitted = '';
  const draw = () => {
    group.clearLayers();
    const sheet = evidence.data;
    const open = isOpen() && state().selected.startsWith('pair:');
    const [row] = pairRows();
    if (!open || !sheet || !row) return void group.remove();
    // Of a venue drawn as an area, the place nearest to the wall.
    const door = /** @type {LonLat} */ (sheet.door ? [sheet.door.lon, sheet.door.lat] : [row.lon, row.lat]);
    const places = [door];
    if (sheet.wall) {
      const wall = /** @type {LonLat} */ ([sheet.wall.lon, sheet.wall.lat]);
      places.push(wall);
      line([door, wall], { color: '#912018', dashArray: '7 5' });
      // Near the wall's end, since both lines leave the same door.
      label(
        [(door[0] + 2 * wall[0]) / 3, (door[1] + 2 * wall[1]) / 3],
        `${t('straight')} ${oneDecimal(sheet.straight_m)}`,
        'is-straight',
      );
    }
    const path = sheet.route?.path;
    if (path) {
      const coordinates = /** @type {LonLat[]} */ (path.coordinates ?? path.geometry?.coordinates ?? path);
      line(coordinates, { color: '#0b4a6f' });
      const middle = coordinates[Math.floor(coordinates.length / 2)];
      if (middle) label(middle, `${t('walking')} ${oneDecimal(sheet.route.metres ?? row.walking_m)}`, 'is-walking');
    }
    group.addTo(view.leaflet);
    if (fitted === state().selected) return;
    fitted = state().selected;
    const boxes = [
      extent(/** @type {any} */ ({ type: 'MultiPoint', coordinates: places })),
      path ? extent(path.coordinates ? path : (path.geometry ?? { type: 'LineString', coordinates: path })) : null,
    ];
    const box = union(boxes);
    if (box) fit(box);
  };
  /** @param {LonLat[]} places @param {import('leaflet').PolylineOptions} look */
  const line = (places, look) => {
    const latLngs = GeoJSON.coordsToLatLngs(places, 0);
    // White beneath, so that it stands out from streets and zones.
    group.addLayer(
      new Polyline(latLngs, { pane: 'finding', interactive: false, color: '#fff', weight: 7, opacity: 0.85 }),
    );
    group.addLayer(new Polyline(latLngs, { pane: 'finding', interactive: false, weight: 3.5, opacity: 1, ...look }));
  };
  /** @param {LonLat} place @param {string} text @param {string} look */
  const label = ([lon, lat], text, look) =>
    group.addLayer(
      new Marker([lat, lon], {
        pane: 'mark',
        interactive: false,
        keyboard: false,
        icon: new DivIcon({
          html: h('span', { class: `line-label ${look}` }, text),
          className: 'line-label-icon',
          iconSize: undefined,
        }),
      }),
    );
  evidence.signal.subscribe(({ loading }) => {
    if (!loading) draw();
  });
  detail.signal.subscribe(({ loading }) => {
    if (!loading) draw();
  });
  subscribe(['selected', 'area', 'lang'], () => {
    if (!state().selected.startsWith('pair:')) fitted = '';
    draw();
  });
  draw();
}

/** @param {number | null | undefined} metres */
const oneDecimal = (metres) =>
  metres === null || metres === undefined ? t('walking_not_measured') : `${numberText(metres, 1)} ${t('metres')}`;
