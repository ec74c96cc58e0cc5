// @ts-check

/** @typedef {import('../types.js').LonLat} LonLat */

/**
 * One ring being drawn with Geoman: a click lays a corner, a click on the first one closes it. A corner whose edge would
 * cross the ring is not taken. What a hand does on the map can be done with buttons too.
 */
export class RingDrawing {
  /**
   * @param {import('./view.js').MapView} view whose map Geoman knows
   * @param {{ onRing: (ring: LonLat[]) => void, onCorners: (n: number, crossing: boolean) => void, onEnd: () => void }} told
   *   `crossing`: the last corner was refused
   */
  constructor(view, told) {
    this.view = view;
    this.told = told;
    this.map = /** @type {any} */ (view.leaflet);
    this.container = view.leaflet.getContainer();
    // What lies under the hand must not open.
    this.container.classList.add('is-drawing-ring');
    this.map.pm.enableDraw('Polygon', {
      snappable: false,
      allowSelfIntersection: false,
      finishOn: null,
      tooltips: false,
      cursorMarker: false,
      templineStyle: { color: '#b54708', weight: 3 },
      hintlineStyle: { color: '#b54708', weight: 2, dashArray: '5 5' },
    });
    // Geoman's own part for polygons; its toolbar's buttons do the same.
    this.pen = this.map.pm.Draw.Polygon;
    this.created = (/** @type {any} */ event) => {
      const [ring] = event.layer.toGeoJSON(7).geometry.coordinates;
      event.layer.remove();
      this.stop();
      this.told.onRing(ring);
    };
    this.map.on('pm:create', this.created);
    this.clicked = () => setTimeout(() => this.#say());
    this.container.addEventListener('click', this.clicked);
    this.#say();
  }

  /** @returns {number} corners laid */
  get corners() {
    return this.pen._layer?.getLatLngs?.().length ?? 0;
  }

  #say() {
    if (this.map.pm.globalDrawModeEnabled()) this.told.onCorners(this.corners, Boolean(this.pen._doesSelfIntersect));
  }

  /** Lays a corner where the map's middle is: for keys and for thumbs. */
  cornerAtCentre() {
    const [lng, lat] = this.view.centre();
    this.pen._doesSelfIntersect = false;
    this.pen._createVertex({ latlng: this.map.wrapLatLng({ lat, lng }) });
    this.#say();
  }

  back() {
    if (this.corners > 1) this.pen._removeLastVertex();
    else if (this.corners === 1) {
      // Geoman would leave the mode with the first corner.
      this.pen.disable();
      this.map.pm.enableDraw('Polygon');
    }
    this.pen._doesSelfIntersect = false;
    this.#say();
  }

  /** Closes the ring; where its last edge would cross it stays open. */
  finish() {
    this.pen._doesSelfIntersect = false;
    this.pen._finishShape();
    this.#say();
  }

  stop() {
    this.map.off('pm:create', this.created);
    this.container.removeEventListener('click', this.clicked);
    this.container.classList.remove('is-drawing-ring');
    this.map.pm.disableDraw();
    this.told.onEnd();
  }
}
