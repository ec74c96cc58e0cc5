// @ts-check
import { DivIcon, GeoJSON, LayerGroup, Marker, Polygon } from 'leaflet';
import { h } from '../dom.js';
import { extent } from '../geo/places.js';
import { symbolIcon } from '../symbols/symbol.js';
import { geoman } from './geoman.js';
import { RingDrawing } from './ringDrawing.js';

/** Shapes and marks that can be moved on the map, with Geoman. */

/** @typedef {import('../types.js').LonLat} LonLat @typedef {import('../types.js').Geometry} Geometry */
/** @typedef {{ key: string, place: LonLat, label: string, main: boolean }} Handle */

/**
 * The map does not jump to what lies near. An edge may be dragged over another for a moment, since two corners often have
 * to be moved one after the other; what the shape then lacks is said beside it. The last three corners of a ring stay.
 */
const editing = {
  allowSelfIntersection: true,
  snappable: false,
  removeVertexOn: 'contextmenu',
  removeLayerBelowMinVertexCount: false,
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
    /** @type {RingDrawing | null} */
    this.drawing = null;
    /** @type {Polygon | null} */
    this.lit = null;
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

  /** @param {Geometry} geometry of the campus @param {boolean} [good] an area as the service would take it */
  setWall(geometry, good = true) {
    this.wall?.pm?.disable();
    this.wall?.remove();
    this.wall = null;
    this.light(null);
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
    this.markWall(good);
    const tell = () => this.told.onWall({ ...this.wall.toGeoJSON(7).geometry });
    this.wall.on('pm:markerdragend pm:vertexadded pm:vertexremoved', tell);
  }

  /** Red and dashed while it is no area. @param {boolean} good */
  markWall(good) {
    const colour = good ? '#b54708' : '#b42318';
    this.wall?.setStyle({ color: colour, fillColor: colour, dashArray: good ? null : '6 5' });
  }

  /** Shows which ring is meant. @param {LonLat[] | null} ring */
  light(ring) {
    this.lit?.remove();
    this.lit = null;
    if (!ring) return;
    const options = { pane: 'finding', interactive: false, color: '#1f5fbf', weight: 6, fillOpacity: 0.2 };
    this.lit = new Polygon(GeoJSON.coordsToLatLngs(ring), options).addTo(this.group);
  }

  /**
   * Lets a hand draw one ring, corner after corner.
   * @param {{ onRing: (ring: LonLat[]) => void, onCorners: (n: number, crossing: boolean) => void, onEnd: () => void }} told
   */
  drawRing(told) {
    this.drawing?.stop();
    // A click beside the wall lays a corner of the new ring, not one of the wall.
    this.wall?.pm.disable();
    this.drawing = new RingDrawing(this.view, {
      ...told,
      onEnd: () => {
        this.drawing = null;
        if (!this.stopped) this.wall?.pm.enable(editing);
        told.onEnd();
      },
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
    // At once: what else fits the map to the school then finds it there.
    if (box) this.view.fit(box, false, 19);
  }

  stop() {
    this.stopped = true;
    this.hush.disconnect();
    this.drawing?.stop();
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
