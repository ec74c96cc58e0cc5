// @ts-check
import { Control, CRS, latLngBounds, Map as LeafletMap, Point } from 'leaflet';
import { layPanes } from './view.js';

/** @typedef {import('../types.js').BBox} BBox */

/**
 * A map beside the page's own, or on paper. It keeps no state of its own: it either goes along with another map, whichever
 * of the two is moved, or stays where it was put.
 */
export class SecondMap {
  /** @param {HTMLElement} container @param {{ still?: boolean, tiles?: boolean }} [how] still: nobody moves it */
  constructor(container, { still = false, tiles = false } = {}) {
    this.leaflet = new LeafletMap(container, {
      crs: CRS.EPSG3857,
      attributionControl: false,
      zoomControl: false,
      minZoom: 3,
      maxZoom: 20,
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
      inertia: false,
      zoomSnap: still ? 0 : tiles ? 1 : 0.5,
      tapHold: false,
      keyboard: !still,
      dragging: !still,
      scrollWheelZoom: !still,
      doubleClickZoom: !still,
      boxZoom: !still,
      touchZoom: !still,
    });
    layPanes(this.leaflet);
    new Control.Scale({ imperial: false, position: 'bottomleft', maxWidth: still ? 220 : 120 }).addTo(this.leaflet);
    this.leaflet.setView([29.565, 106.55], 14, { animate: false });
    this.watch = new ResizeObserver(() => this.leaflet.invalidateSize({ animate: false, pan: false }));
    this.watch.observe(container);
  }

  /** Both show the same place at the same scale, whichever is moved. @param {LeafletMap} other */
  moveWith(other) {
    let passing = false;
    /** @param {LeafletMap} from @param {LeafletMap} to */
    const follow = (from, to) => () => {
      if (passing || from.getContainer().clientWidth === 0) return;
      passing = true;
      to.setView(from.getCenter(), from.getZoom(), { animate: false });
      passing = false;
    };
    const there = follow(other, this.leaflet);
    const back = follow(this.leaflet, other);
    other.on('move zoomend', there);
    this.leaflet.on('move zoomend', back);
    this.stopFollowing = () => {
      other.off('move zoomend', there);
      this.leaflet.off('move zoomend', back);
    };
    there();
  }

  /** @param {BBox} box */
  fit([west, south, east, north]) {
    this.leaflet.invalidateSize({ animate: false, pan: false });
    this.leaflet.fitBounds(latLngBounds([south, west], [north, east]), { padding: new Point(12, 12), animate: false });
  }

  /** Metres on the ground for one CSS pixel at the middle of the map. */
  metresPerPixel() {
    const size = this.leaflet.getSize();
    const y = size.y / 2;
    const a = this.leaflet.containerPointToLatLng([size.x / 2 - 50, y]);
    const b = this.leaflet.containerPointToLatLng([size.x / 2 + 50, y]);
    return this.leaflet.distance(a, b) / 100;
  }

  /** @param {() => void} run */
  onMoved(run) {
    this.leaflet.on('moveend', run);
  }

  remove() {
    this.watch.disconnect();
    this.stopFollowing?.();
    this.leaflet.remove();
  }
}
