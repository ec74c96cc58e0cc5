// @ts-check
import { DivIcon, LayerGroup, Marker } from 'leaflet';
import Supercluster from 'supercluster';
import { h } from '../dom.js';
import { icon, symbolIcon } from '../symbols/symbol.js';

/**
 * @typedef {{ key: string, place: import('../types.js').LonLat, symbol: string, label: string,
 *   open?: number, placement?: string, text?: string, size?: number, status?: '' | 'overdue' | 'today' | 'upcoming' | 'done' }} Item
 *   `label` is what a screen reader says
 * @typedef {{ radius?: number, minPoints?: number, maxZoom?: number, clusterLabel: (n: number) => string, clusterClass?: string,
 *   onOpen: (key: string, place: import('../types.js').LonLat) => void, onHover: (key: string) => void }} Options
 */

/** Above this many symbols they are grouped more coarsely, which bounds the elements in the window. */
const manyItems = 3000;

/** Share of the window around it for which markers are already made, so that short moves show no gaps. */
const margin = 0.15;

/**
 * Symbols on the map. Close ones are drawn as one circle with their number, and only what the window shows is in the
 * page, so the number of elements depends on the window and not on the number of points.
 * The layer is one tab stop; arrow keys go from symbol to symbol.
 */
export class SymbolLayer {
  /** @param {import('./view.js').MapView} view @param {Options} options */
  constructor(view, options) {
    this.view = view;
    this.options = options;
    this.group = new LayerGroup();
    /** @type {Map<string, Marker>} */
    this.markers = new Map();
    /** @type {Map<string, Item>} */
    this.items = new Map();
    this.highlighted = '';
    this.selected = '';
    this.index = this.#newIndex().load([]);
    view.onMoved(() => this.#draw());
  }

  #newIndex() {
    const { radius = 46, minPoints = 3, maxZoom = 19 } = this.options;
    const many = this.items.size > manyItems;
    return /** @type {Supercluster<{ key: string }, {}>} */ (
      new Supercluster({ radius: many ? radius * 1.4 : radius, minPoints: many ? 2 : minPoints, maxZoom, extent: 256 })
    );
  }

  /** @param {boolean} shown */
  show(shown) {
    const { leaflet } = this.view;
    if (shown === leaflet.hasLayer(this.group)) return;
    if (shown) {
      this.group.addTo(leaflet);
      this.#draw();
    } else {
      this.group.remove();
    }
  }

  /** @param {Item[]} items */
  setItems(items) {
    this.items = new Map(items.map((item) => [item.key, item]));
    this.index = this.#newIndex();
    this.index.load(
      items.map((item) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: item.place },
        properties: { key: item.key },
      })),
    );
    this.group.clearLayers();
    this.markers.clear();
    this.#draw();
  }

  /** @param {string} key one symbol to lift out, or '' */
  highlight(key) {
    this.#mark(this.highlighted, 'is-hover', false);
    this.highlighted = key;
    this.#mark(key, 'is-hover', true);
  }

  /** @param {string} key the symbol whose details are open, or '' */
  select(key) {
    this.selected = key;
    this.#draw();
  }

  /** @param {string} key @param {string} name @param {boolean} on */
  #mark(key, name, on) {
    this.markers.get(key)?.getElement()?.classList.toggle(name, on);
  }

  #draw() {
    const { leaflet } = this.view;
    if (!leaflet.hasLayer(this.group)) return;
    const bounds = leaflet.getBounds().pad(margin);
    const found = this.index.getClusters(
      [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      Math.floor(leaflet.getZoom()),
    );
    const wanted = new Map(found.map((feature) => [this.#keyOf(feature), feature]));
    const chosen = this.items.get(this.selected);
    if (chosen && !wanted.has(chosen.key)) {
      wanted.set(
        chosen.key,
        /** @type {any} */ ({ geometry: { coordinates: chosen.place }, properties: { key: chosen.key } }),
      );
    }
    for (const [key, marker] of this.markers) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.group.removeLayer(marker);
      this.markers.delete(key);
    }
    for (const [key, feature] of wanted) {
      if (!this.markers.has(key)) this.#place(key, feature);
      this.#mark(key, 'is-selected', key === this.selected);
    }
    this.#mark(this.highlighted, 'is-hover', true);
    this.#oneTabStop();
  }

  /** @param {any} feature */
  #keyOf({ properties }) {
    return properties.cluster
      ? `cluster:${Math.floor(this.view.leaflet.getZoom())}:${properties.cluster_id}`
      : properties.key;
  }

  /** @param {string} key @param {any} feature */
  #place(key, feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const item = this.items.get(key);
    const content = item ? single(item) : group(feature.properties.point_count, this.options.clusterClass);
    const label = item ? item.label : this.options.clusterLabel(feature.properties.point_count);
    const marker = new Marker([lat, lon], {
      pane: 'symbol',
      keyboard: false,
      riseOnHover: true,
      bubblingMouseEvents: false,
      icon: new DivIcon({ html: content, className: item ? 'symbol-marker' : 'cluster-marker', iconSize: undefined }),
    });
    marker.on('click', () => this.#open(key, feature));
    marker.on('mouseover', () => {
      if (item) this.options.onHover(key);
    });
    marker.on('mouseout', () => {
      if (item) this.options.onHover('');
    });
    this.group.addLayer(marker);
    this.markers.set(key, marker);
    const element = /** @type {HTMLElement} */ (marker.getElement());
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', label);
    element.dataset.key = key;
    element.tabIndex = -1;
    element.addEventListener('focus', () => {
      if (item) this.options.onHover(key);
    });
    element.addEventListener('blur', () => {
      if (item) this.options.onHover('');
    });
    element.addEventListener('keydown', (event) => this.#onKey(event, key, feature));
  }

  /** @param {string} key @param {any} feature */
  #open(key, feature) {
    const item = this.items.get(key);
    if (item) {
      this.options.onOpen(key, item.place);
      return;
    }
    const zoom = this.index.getClusterExpansionZoom(feature.properties.cluster_id);
    this.view.show(feature.geometry.coordinates, Math.min(zoom, 20));
  }

  /** @param {KeyboardEvent} event @param {string} key @param {any} feature */
  #onKey(event, key, feature) {
    if (event.key === 'Enter' || event.key === ' ') {
      this.#open(key, feature);
    } else {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const row = this.#inReadingOrder();
      const next = row[(row.findIndex((element) => element.dataset.key === key) + step + row.length) % row.length];
      next?.focus({ preventScroll: true });
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @returns {HTMLElement[]} north to south in bands, then west to east */
  #inReadingOrder() {
    const placed = [...this.markers.values()].map((marker) => ({
      element: /** @type {HTMLElement} */ (marker.getElement()),
      at: this.view.leaflet.latLngToContainerPoint(marker.getLatLng()),
    }));
    placed.sort((a, b) => Math.floor(a.at.y / 60) - Math.floor(b.at.y / 60) || a.at.x - b.at.x);
    return placed.map((each) => each.element);
  }

  #oneTabStop() {
    const elements = [...this.markers.values()].map((marker) => /** @type {HTMLElement} */ (marker.getElement()));
    const current = elements.find((element) => element === document.activeElement) ?? elements[0];
    for (const element of elements) element.tabIndex = element === current ? 0 : -1;
  }
}

/** Told by sign and colour: late, today, done. */
const statusSigns = /** @type {const} */ ({ overdue: 'warning', today: 'clock', done: 'check' });

/** @param {keyof typeof statusSigns} status */
export const dueSign = (status) => h('span', { class: `pin-status is-${status}` }, icon(statusSigns[status], 10));

/** @param {Item} item */
function single(item) {
  const size = item.size ?? 20;
  return h(
    'span',
    {
      class: `pin ${item.status ? `is-${item.status}` : ''} ${item.placement === 'orphan' ? 'is-orphan' : ''} ${item.placement === 'snapped' ? 'is-snapped' : ''} ${item.open ? 'has-open' : ''}`,
    },
    symbolIcon(item.symbol, size),
    item.status && item.status in statusSigns ? dueSign(/** @type {keyof typeof statusSigns} */ (item.status)) : null,
    item.text ? h('span', { class: 'pin-text' }, item.text) : null,
    item.open ? h('span', { class: 'pin-count' }, item.open > 99 ? '99+' : item.open) : null,
  );
}

/** @param {number} count @param {string} [className] of the kind of things grouped */
function group(count, className = '') {
  const scale = count >= 1000 ? 'is-huge' : count >= 100 ? 'is-large' : count >= 20 ? 'is-middle' : '';
  return h('span', { class: `cluster ${scale} ${className}` }, count >= 10000 ? `${Math.round(count / 1000)}k` : count);
}
