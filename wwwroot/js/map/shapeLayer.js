// @ts-check
import { Canvas, DivIcon, GeoJSON, LayerGroup, Marker, SVG, Tooltip } from 'leaflet';
import { h } from '../dom.js';
import { labelPlace } from '../geo/places.js';

/**
 * @typedef {import('../types.js').Feature} Feature
 * @typedef {import('leaflet').PathOptions} Style
 * @typedef {{ pane: string, prefix?: string, style: (feature: Feature) => Style, hoverStyle?: (feature: Feature) => Style,
 *   tooltip?: (feature: Feature) => string[], onHover?: (key: string) => void,
 *   onOpen?: (key: string, place: import('../types.js').LonLat) => void, interactive?: boolean, key?: (feature: Feature) => string }} Options
 */

/** Above this many shapes a canvas draws them; below, SVG, which can hatch. */
const canvasFrom = 1500;

/** Lines and areas of one kind, drawn from GeoJSON. Keys are `<prefix>:<code>`. */
export class ShapeLayer {
  /** @param {import('./view.js').Stage} view @param {Options} options */
  constructor(view, options) {
    this.view = view;
    this.options = options;
    this.group = new LayerGroup();
    /** @type {GeoJSON | null} */
    this.drawn = null;
    /** @type {Map<string, import('leaflet').Path>} */
    this.paths = new Map();
    /** @type {Map<string, Feature>} */
    this.features = new Map();
    this.highlighted = '';
    this.tip = new Tooltip({ direction: 'top', offset: [0, -6], opacity: 1, className: 'map-tooltip' });
  }

  /** @param {boolean} shown */
  show(shown) {
    if (shown) this.group.addTo(this.view.leaflet);
    else this.group.remove();
  }

  /** @param {Feature[]} features */
  setFeatures(features) {
    const { pane, interactive = true } = this.options;
    this.group.clearLayers();
    this.paths.clear();
    this.features.clear();
    const renderer =
      features.length > canvasFrom ? new Canvas({ pane, padding: 0.3 }) : new SVG({ pane, padding: 0.3 });
    const options = {
      pane,
      renderer,
      interactive,
      bubblingMouseEvents: true,
      style: (/** @type {any} */ feature) => this.options.style(feature),
      filter: (/** @type {any} */ feature) => feature.geometry !== null && !feature.geometry.type.endsWith('Point'),
      onEachFeature: (/** @type {any} */ feature, /** @type {any} */ path) => this.#adopt(feature, path),
    };
    this.drawn = new GeoJSON(
      /** @type {any} */ ({ type: 'FeatureCollection', features }),
      /** @type {any} */ (options),
    );
    this.group.addLayer(this.drawn);
  }

  /** @param {Feature} feature @param {any} path */
  #adopt(feature, path) {
    const key = this.#keyOf(feature);
    this.paths.set(key, path);
    this.features.set(key, feature);
    if (this.options.interactive === false) return;
    path.on('mouseover', () => this.options.onHover?.(key));
    path.on('mouseout', () => this.options.onHover?.(''));
    if (this.options.onOpen) {
      path.on('click', (/** @type {any} */ event) => {
        event.originalEvent.stopPropagation();
        const { lng, lat } = event.latlng.wrap();
        this.options.onOpen?.(key, [lng, lat]);
      });
      path.options.bubblingMouseEvents = false;
    }
    if (this.options.tooltip) {
      // Not bindTooltip: its focus listeners would make every shape a stop of the tab key.
      path.on('mouseover mousemove', (/** @type {any} */ event) => {
        this.tip.setContent(tooltipOf(this.options.tooltip?.(feature) ?? [])).setLatLng(event.latlng);
        this.view.leaflet.openTooltip(this.tip);
      });
      path.on('mouseout remove', () => this.view.leaflet.closeTooltip(this.tip));
    }
  }

  /** @param {Feature} feature */
  #keyOf(feature) {
    const { properties } = feature;
    if (this.options.key) return this.options.key(feature);
    return `${this.options.prefix ?? properties.level ?? 'shape'}:${properties.code ?? properties.id ?? feature.id}`;
  }

  restyle() {
    for (const [key, path] of this.paths)
      path.setStyle(this.options.style(/** @type {Feature} */ (this.features.get(key))));
    if (this.highlighted) this.highlight(this.highlighted);
  }

  /** Puts a shape over its neighbours, whose lines would cover its own. @param {string} key */
  raise(key) {
    this.paths.get(key)?.bringToFront();
  }

  /** @param {string} key */
  highlight(key) {
    const before = this.paths.get(this.highlighted);
    if (before && this.highlighted !== key)
      before.setStyle(this.options.style(/** @type {Feature} */ (this.features.get(this.highlighted))));
    this.highlighted = key;
    const path = this.paths.get(key);
    if (!path || !this.options.hoverStyle) return;
    path.setStyle(this.options.hoverStyle(/** @type {Feature} */ (this.features.get(key))));
    path.bringToFront();
  }
}

/** @param {string[]} lines */
const tooltipOf = (lines) =>
  h('div', null, ...lines.map((line, i) => h('p', { class: i ? '' : 'tooltip-title', dir: 'auto' }, line)));

/** Names written on areas, as text that takes no clicks. */
export class LabelLayer {
  /** @param {import('./view.js').Stage} view @param {{ className: string, minZoom: number, text: (feature: Feature) => string }} options */
  constructor(view, options) {
    this.view = view;
    this.options = options;
    this.group = new LayerGroup();
    this.wanted = false;
    /** @type {Feature[]} */
    this.features = [];
    view.onMoved(() => this.#draw());
  }

  /** @param {boolean} shown */
  show(shown) {
    this.wanted = shown;
    this.#draw();
  }

  /** @param {Feature[]} features */
  setFeatures(features) {
    this.features = features;
    this.#draw();
  }

  #draw() {
    const { leaflet } = this.view;
    this.group.clearLayers();
    if (!this.wanted || leaflet.getZoom() < this.options.minZoom) {
      this.group.remove();
      return;
    }
    const bounds = leaflet.getBounds();
    for (const feature of this.features) {
      const place = labelPlace(feature.geometry);
      if (!place || !bounds.contains([place[1], place[0]])) continue;
      const text = h('span', { class: this.options.className }, this.options.text(feature));
      const icon = new DivIcon({ html: text, className: 'area-label', iconSize: undefined });
      this.group.addLayer(
        new Marker([place[1], place[0]], { pane: 'label', icon, interactive: false, keyboard: false }),
      );
    }
    this.group.addTo(leaflet);
  }
}

/** One mark, such as the place asked about. */
export class PlaceMark {
  /** @param {import('./view.js').MapView} view */
  constructor(view) {
    this.view = view;
    /** @type {Marker | null} */
    this.marker = null;
  }

  /** @param {import('../types.js').LonLat | null} place */
  put(place) {
    this.marker?.remove();
    this.marker = null;
    if (!place) return;
    const icon = new DivIcon({
      html: h('span', { class: 'place-mark' }),
      className: 'place-icon',
      iconSize: undefined,
    });
    this.marker = new Marker([place[1], place[0]], { pane: 'mark', icon, interactive: false, keyboard: false }).addTo(
      this.view.leaflet,
    );
  }
}
