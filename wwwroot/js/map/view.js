// @ts-check
import { Control, CRS, latLng, latLngBounds, LatLngBounds, Map as LeafletMap, Point } from 'leaflet';
import { debounced, h } from '../dom.js';
import { set, state, subscribe } from '../state.js';

/** @typedef {import('../types.js').BBox} BBox @typedef {import('../types.js').LonLat} LonLat */

/** What layers need of a map: the page's own, the second of a comparison, the one on paper. @typedef {{ leaflet: LeafletMap, onMoved: (run: () => void) => void }} Stage */

/** Drawing order, bottom to top; each is a Leaflet pane. */
const panes = ['base', 'fill', 'outline', 'shape', 'finding', 'label', 'symbol', 'mark'];

/** @param {LeafletMap} map */
export const layPanes = (map) =>
  panes.forEach((name, i) => {
    const pane = map.createPane(name);
    pane.style.zIndex = String(300 + i * 20);
    if (name === 'base' || name === 'label') pane.style.pointerEvents = 'none';
  });

export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The map and its link to the state: the view follows the address, the address follows the view.
 * Latitude-first stops here; callers give and get longitude first.
 */
export class MapView {
  /** @param {HTMLElement} container @param {{ tiles: boolean }} how with tiles only whole zooms, where their pictures are sharp */
  constructor(container, { tiles }) {
    this.leaflet = new LeafletMap(container, {
      crs: CRS.EPSG3857,
      attributionControl: false,
      zoomControl: false,
      minZoom: 3,
      maxZoom: 20,
      maxBoundsViscosity: 1,
      zoomAnimation: !calm(),
      fadeAnimation: !calm(),
      markerZoomAnimation: !calm(),
      inertia: !calm(),
      zoomSnap: tiles ? 1 : 0.5,
      tapHold: false,
      keyboardPanDelta: 120,
    });
    layPanes(this.leaflet);
    /** @type {HTMLElement} */ (this.leaflet.getPane('popupPane')).style.zIndex = '700';
    new Control.Scale({ imperial: false, position: 'bottomleft', maxWidth: 120 }).addTo(this.leaflet);
    /** @type {((place: LonLat) => void)[]} */
    this.clicked = [];
    this.leaflet.on('click', (event) => {
      const { lng, lat } = event.latlng.wrap();
      this.click([lng, lat]);
    });
    const scale = () => container.classList.toggle('is-far', this.leaflet.getZoom() < 17);
    this.leaflet.on('zoomend', scale);
    this.leaflet.whenReady(scale);
    const write = debounced(150, () => this.#writeView());
    this.leaflet.on('moveend', write);
    subscribe(['lon', 'lat', 'zoom'], () => this.#followState());
    new ResizeObserver(() => this.leaflet.invalidateSize({ animate: false, pan: false })).observe(container);
  }

  /** Tells all who take clicks; also called by layers whose shapes lie over the place. @param {LonLat} place */
  click(place) {
    for (const run of this.clicked) run(place);
  }

  /** @param {BBox | null} fallback shown when the address names no place */
  start(fallback) {
    const { lon, lat, zoom } = state();
    if (lon !== null && lat !== null) this.leaflet.setView([lat, lon], zoom ?? 15, { animate: false });
    else if (fallback) this.fit(fallback, false);
    else this.leaflet.setView([29.565, 106.55], 5, { animate: false });
  }

  #writeView() {
    const centre = this.leaflet.getCenter().wrap();
    set({ lon: round(centre.lng), lat: round(centre.lat), zoom: this.leaflet.getZoom() }, { replace: true });
  }

  #followState() {
    const { lon, lat, zoom } = state();
    if (lon === null || lat === null) return;
    const centre = this.leaflet.getCenter().wrap();
    const here = round(centre.lng) === round(lon) && round(centre.lat) === round(lat);
    if (here && (zoom === null || zoom === this.leaflet.getZoom())) return;
    this.leaflet.setView([lat, lon], zoom ?? this.leaflet.getZoom(), { animate: !calm() });
  }

  /** Room taken by the sheet on a phone, so that what is shown is not under it. */
  #padding() {
    const sheet = document.querySelector('.panel');
    const covers =
      sheet && getComputedStyle(sheet).position === 'fixed' ? sheet.getBoundingClientRect().height + 56 : 0;
    const room = this.leaflet.getSize().y;
    return covers < room * 0.75 ? covers : 0;
  }

  /** @param {BBox} box @param {boolean} [animate] @param {number} [maxZoom] */
  fit([west, south, east, north], animate = true, maxZoom = 18) {
    const bottom = this.#padding();
    // The legend of the colours must not lie on them.
    const right = state().area === 'situation' && this.leaflet.getSize().x > 800 ? 248 : 24;
    const left = right > 24 ? 12 : 24;
    // Beside a second map it lies below the street.
    const below = state().area === 'situation' && state().vsFrom !== '' && right === 24 && !bottom ? 320 : 0;
    this.leaflet.fitBounds(latLngBounds([south, west], [north, east]), {
      paddingTopLeft: new Point(left, bottom ? 72 : 24),
      paddingBottomRight: new Point(right, bottom + 24 + below),
      maxZoom,
      animate: animate && !calm(),
    });
  }

  /** Whether all of it is in view and large enough to be seen. @param {BBox} box */
  shows([west, south, east, north]) {
    return (
      this.leaflet.getZoom() >= 14 && this.leaflet.getBounds().contains(latLngBounds([south, west], [north, east]))
    );
  }

  /** @param {LonLat} place @param {number} [zoom] at least this close */
  show([lon, lat], zoom = 17) {
    const scale = Math.max(zoom, this.leaflet.getZoom());
    const target = this.leaflet.project(latLng(lat, lon), scale).add(new Point(0, this.#padding() / 2));
    this.leaflet.setView(this.leaflet.unproject(target, scale), scale, { animate: !calm() });
  }

  /** Brings a place into the part of the map that can be seen, without changing the zoom. @param {LonLat} place */
  reveal([lon, lat]) {
    this.leaflet.panInside([lat, lon], {
      paddingTopLeft: new Point(40, 90),
      paddingBottomRight: new Point(40, this.#padding() + 40),
      animate: !calm(),
    });
  }

  /** @returns {LonLat} the middle of what can be seen (above the sheet on a phone) */
  centre() {
    const size = this.leaflet.getSize();
    const { lng, lat } = this.leaflet.containerPointToLatLng([size.x / 2, (size.y - this.#padding()) / 2]).wrap();
    return [lng, lat];
  }

  zoomIn() {
    this.leaflet.zoomIn();
  }

  zoomOut() {
    this.leaflet.zoomOut();
  }

  /**
   * At most three lines and one button; texts only ever become text nodes.
   * @param {LonLat} place @param {string[]} lines @param {string} action @param {() => void} run
   */
  popup([lon, lat], lines, action, run) {
    const origin = document.activeElement;
    const button = h(
      'button',
      {
        type: 'button',
        class: 'popup-button',
        on: {
          click: () => {
            this.leaflet.closePopup();
            run();
          },
        },
      },
      action,
    );
    const content = h(
      'div',
      { class: 'popup' },
      ...lines.slice(0, 3).map((line, i) => h('p', { class: i ? 'popup-line' : 'popup-title', dir: 'auto' }, line)),
      button,
    );
    this.leaflet.openPopup(content, [lat, lon], {
      closeButton: false,
      maxWidth: 260,
      offset: [0, -8],
      autoPanPadding: [24, 80],
    });
    content.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.leaflet.closePopup();
      if (origin instanceof HTMLElement || origin instanceof SVGElement) origin.focus();
    });
    button.focus({ preventScroll: true });
  }

  closePopup() {
    this.leaflet.closePopup();
  }

  /** @param {() => void} run after a person, not the page, has moved the map */
  onDragged(run) {
    this.leaflet.on('dragend', run);
    this.leaflet.getContainer().addEventListener('keyup', (event) => {
      if (event.key.startsWith('Arrow')) run();
    });
  }

  /** @param {() => void} run */
  onMoved(run) {
    this.leaflet.on('moveend', run);
  }
}

/** @param {number} degrees to the five decimals (about a metre) that the address keeps */
const round = (degrees) => Math.round(degrees * 1e5) / 1e5;

/** @param {LatLngBounds} bounds @returns {BBox} */
export const boxOf = (bounds) => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
