// @ts-check
import * as Leaflet from 'leaflet';
import { DivIcon, GeoJSON, LayerGroup, Marker, Polygon } from 'leaflet';
import { h } from '../dom.js';
import { extent } from '../geo/places.js';
import { symbolIcon } from '../symbols/symbol.js';

/** Shapes and marks that can be moved on the map, with Geoman, which is fetched when somebody draws. */

/** @typedef {import('../types.js').LonLat} LonLat @typedef {import('../types.js').Geometry} Geometry */
/** @typedef {{ key: string, place: LonLat, label: string, main: boolean }} Handle */

/** @type {Promise<any> | null} */
let fetched = null;

/** @returns {Promise<any>} Geoman's own root (`L.PM`) */
function geoman() {
  fetched ??= fetchGeoman().catch((reason) => {
    fetched = null;
    throw reason;
  });
  return fetched;
}

async function fetchGeoman() {
  // Geoman finds Leaflet under the global name L and hangs its own root on it. A module's namespace is sealed, so it gets
  // an object of its own that holds the same classes; what it adds to their prototypes is there for the page's map.
  const given = /** @type {any} */ (globalThis);
  given.L ??= { ...Leaflet };
  const style = h('link', { rel: 'stylesheet', href: '/lib/geoman/dist/leaflet-geoman.css' });
  const styled = new Promise((resolve, reject) => {
    style.addEventListener('load', resolve);
    style.addEventListener('error', () => reject(new TypeError('leaflet-geoman.css')));
  });
  document.head.append(style);
  await Promise.all([styled, import('@geoman-io/leaflet-geoman-free')]);
  const { PM } = given.L;
  // Only what is handed to it can be edited; every other layer of the page stays as it is.
  PM.setOptIn(true);
  return PM;
}

/** Rings may not cross themselves; the map does not jump to what lies near. */
const editing = {
  allowSelfIntersection: false,
  allowSelfIntersectionEdit: true,
  snappable: false,
  removeVertexOn: 'contextmenu',
};

/** The wall as a shape whose corners can be moved, and gates as marks that can be dragged. */
export class DrawTools {
  /**
   * @param {import('./view.js').MapView} view
   * @param {{ onWall: (geometry: Geometry) => void, onGate: (key: string, place: LonLat) => void }} told of what a hand has moved
   */
  constructor(view, told) {
    this.view = view;
    this.told = told;
    this.group = new LayerGroup().addTo(view.leaflet);
    /** @type {any} */
    this.wall = null;
    /** @type {Map<string, Marker>} */
    this.marks = new Map();
    /** @type {any} */
    this.pm = null;
    this.stopped = false;
    // Corners are for a pointer; the text fields do the same for the keyboard and for who does not see the map.
    this.hush = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) hushed(node);
    });
  }

  async start() {
    const PM = await geoman();
    if (this.stopped) return;
    const map = /** @type {any} */ (this.view.leaflet);
    if (!map.pm) {
      map.options.pmIgnore = false;
      PM.reInitLayer(map);
      map.pm.setGlobalOptions({});
    }
    this.pm = PM;
    this.hush.observe(map.getPane('mapPane'), { childList: true, subtree: true });
  }

  /** @param {Geometry} geometry of the campus */
  setWall(geometry) {
    this.wall?.pm?.disable();
    this.wall?.remove();
    this.wall = null;
    if (geometry.type === 'Point') return;
    const latLngs = GeoJSON.coordsToLatLngs(
      /** @type {any} */ (geometry).coordinates,
      geometry.type === 'Polygon' ? 1 : 2,
    );
    const options = /** @type {any} */ ({
      pane: 'finding',
      pmIgnore: false,
      className: 'draw-wall',
      color: '#b54708',
      weight: 3,
      fillColor: '#b54708',
      fillOpacity: 0.1,
    });
    this.wall = new Polygon(/** @type {any} */ (latLngs), options).addTo(this.group);
    this.pm.reInitLayer(this.wall);
    this.wall.pm.enable(editing);
    const tell = () => this.told.onWall({ ...this.wall.toGeoJSON(7).geometry });
    this.wall.on('pm:markerdragend pm:vertexadded pm:vertexremoved', tell);
  }

  /** Lets a hand draw the wall of a campus that was only a point. */
  drawWall() {
    const map = /** @type {any} */ (this.view.leaflet);
    map.pm.enableDraw('Polygon', { snappable: false, allowSelfIntersection: false, finishOn: 'dblclick' });
    map.once('pm:create', (/** @type {any} */ event) => {
      map.pm.disableDraw();
      const { geometry } = event.layer.toGeoJSON(7);
      event.layer.remove();
      this.told.onWall(geometry);
      this.setWall(geometry);
    });
  }

  /** @param {readonly Handle[]} handles */
  setGates(handles) {
    for (const mark of this.marks.values()) mark.remove();
    this.marks.clear();
    for (const { key, place, label, main } of handles) {
      const icon = new DivIcon({
        html: h(
          'span',
          { class: `draw-gate ${main ? 'is-main' : ''}` },
          symbolIcon('gate', 20),
          h('span', { dir: 'auto' }, label),
        ),
        className: 'draw-gate-icon',
        iconSize: undefined,
      });
      const options = /** @type {any} */ ({ icon, pane: 'mark', pmIgnore: false, draggable: false, keyboard: false });
      const mark = /** @type {any} */ (new Marker([place[1], place[0]], options).addTo(this.group));
      mark.getElement()?.setAttribute('data-gate', key);
      this.pm.reInitLayer(mark);
      mark.pm.enable({ draggable: true, snappable: false, preventMarkerRemoval: true });
      mark.on('pm:dragend', () => {
        const { lng, lat } = mark.getLatLng();
        this.told.onGate(key, [round(lng), round(lat)]);
      });
      this.marks.set(key, mark);
    }
  }

  /** Close enough to tell corners apart. @param {Geometry} geometry */
  fit(geometry) {
    const box = extent(geometry);
    if (box) this.view.fit(box, true, 19);
  }

  stop() {
    this.stopped = true;
    this.hush.disconnect();
    const map = /** @type {any} */ (this.view.leaflet);
    map.off('pm:create');
    map.pm?.disableDraw();
    this.wall?.pm?.disable();
    for (const mark of this.marks.values()) /** @type {any} */ (mark).pm?.disable();
    this.group.remove();
  }
}

/** @param {Node} node */
function hushed(node) {
  if (!(node instanceof HTMLElement) || !node.classList.contains('marker-icon')) return;
  node.removeAttribute('tabindex');
  node.removeAttribute('role');
  node.setAttribute('aria-hidden', 'true');
}

/** @param {number} degrees to the seven decimals (a centimetre) that the service keeps */
const round = (degrees) => Math.round(degrees * 1e7) / 1e7;
