// @ts-check
import { communities, grids } from '../areas/areas.js';
import { covers } from '../geo/places.js';
import { LabelLayer, ShapeLayer } from '../map/shapeLayer.js';
import { buildBase } from '../places/base.js';
import { ensure } from '../places/places.js';
import { set, state, subscribe } from '../state.js';
import { clusters } from './loads.js';
import { clusterLines, placeLines } from './clusterText.js';
import { keyPlaces } from './keyPlaces.js';
import { picture, shapesOf } from './picture.js';
import { fillOf } from './style.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('./classes.js').Picture} Picture */

/**
 * The cells of a picture as shapes with their colour. The page's own map draws grids and communities anyway and needs only
 * hexagons from here; the second map of a comparison and the print need all of them.
 * @param {import('../map/view.js').Stage} view @param {import('../loaded.js').Signal<Picture | null>} signal
 * @param {{ all?: boolean, interactive?: boolean }} [how]
 */
export function buildPictureLayer(view, signal, { all = false, interactive = true } = {}) {
  const layer = new ShapeLayer(view, {
    pane: 'fill',
    prefix: 'cell',
    interactive,
    key: ({ properties }) => `${signal.value?.level}:${properties.code}`,
    style: ({ properties }) => ({
      color: '#667085',
      weight: 0.9,
      opacity: 0.8,
      ...(isChosen(`${signal.value?.level}:${properties.code}`) ? chosenLine : {}),
      ...fillOf(signal.value, signal.value?.level ?? '', properties.code),
    }),
    hoverStyle: () => ({ color: '#1f5fbf', weight: 3, opacity: 1 }),
    tooltip: ({ properties }) => {
      const cell = signal.value?.cells.get(properties.code);
      return cell ? [cell.name, ...cell.lines] : [];
    },
    onHover: (key) => set({ hover: key }),
    onOpen: interactive ? openCell : undefined,
  });
  layer.show(true);
  /** @type {Feature[] | null} */
  let drawn = null;
  const draw = () => {
    const now = signal.value;
    const wanted = now && (all || now.level === 'hex') ? (now.shapes ?? shapesOf(now.level)) : [];
    if (wanted !== drawn && (wanted.length || drawn?.length)) {
      drawn = wanted;
      layer.setFeatures(wanted);
    } else layer.restyle();
    if (interactive) layer.raise(state().selected);
  };
  signal.subscribe(draw);
  if (interactive) {
    subscribe(['hover'], ({ hover }) => layer.highlight(hover));
    subscribe(['selected'], ({ selected }) => {
      layer.restyle();
      layer.raise(selected);
    });
  }
  draw();
}

/** The line around what is open in the panel. */
const chosenLine = Object.freeze({ color: '#1f5fbf', weight: 3.5, opacity: 1 });

/** @param {string} key */
const isChosen = (key) => state().selected === key;

/** Opens what the map shows of a cell. @param {string} key */
export function openCell(key) {
  const { sheet, table } = state();
  // On a phone the table covers the panel, so it makes way.
  set({ selected: key, panel: true, sheet: sheet === 'peek' ? 'half' : sheet, table: table && innerWidth >= 1024 });
}

/** Base, outlines and names of the communities, for a map that has no layers of its own. @param {import('../map/view.js').Stage} view */
export function buildOutlines(view) {
  buildBase(view).show(true);
  ensure('base');
  const border = new ShapeLayer(view, {
    pane: 'outline',
    interactive: false,
    style: () => ({ color: '#344054', weight: 2.2, opacity: 0.95, fill: false }),
  });
  const names = new LabelLayer(view, {
    className: 'label-community',
    minZoom: 12,
    text: ({ properties }) => properties.name,
  });
  const draw = () => {
    border.setFeatures(communities.data ?? []);
    names.setFeatures(communities.data ?? []);
  };
  border.show(true);
  names.show(true);
  communities.signal.subscribe(draw);
  draw();
}

/** Clusters with their hulls, and the key places of the street. @param {import('../map/view.js').Stage} view @param {{ interactive?: boolean }} [how] */
export function buildClusterLayer(view, { interactive = true } = {}) {
  const hulls = new ShapeLayer(view, {
    pane: 'shape',
    prefix: 'cluster',
    interactive,
    key: ({ properties }) => `cluster:${properties.cluster}`,
    style: ({ properties }) => ({
      color: '#b10026',
      weight: 2,
      opacity: 0.95,
      fillColor: '#fd8d3c',
      fillOpacity: 0.5,
      ...(isChosen(`cluster:${properties.cluster}`) ? chosenLine : {}),
    }),
    hoverStyle: () => ({ color: '#1f5fbf', weight: 3.5 }),
    tooltip: ({ properties }) => clusterLines(properties),
    onHover: (key) => set({ hover: key }),
    onOpen: interactive ? openCell : undefined,
  });
  const places = new ShapeLayer(view, {
    pane: 'finding',
    prefix: 'place',
    interactive,
    style: () => ({ color: '#1b2430', weight: 2.4, dashArray: '6 4', fillColor: '#fff', fillOpacity: 0.12 }),
    hoverStyle: () => ({ color: '#1f5fbf', weight: 3.5 }),
    tooltip: ({ properties }) => placeLines(properties),
    onHover: (key) => set({ hover: key }),
    onOpen: interactive ? openCell : undefined,
    key: ({ properties, id }) => `place:${properties.id ?? id}`,
  });
  const sizes = new LabelLayer(view, {
    className: 'label-cluster',
    minZoom: 12,
    text: ({ properties }) => String(properties.size),
  });
  const draw = () => {
    const on = state().area === 'situation' && state().show === 'clusters';
    hulls.show(on);
    sizes.show(on);
    places.show(on);
    if (!on) return;
    hulls.setFeatures(clusters.data?.features ?? []);
    sizes.setFeatures(clusters.data?.features ?? []);
    places.setFeatures(keyPlaces.data ?? []);
  };
  clusters.signal.subscribe(({ loading }) => !loading && draw());
  keyPlaces.signal.subscribe(({ loading }) => !loading && draw());
  subscribe(['area', 'show'], draw);
  subscribe(['selected'], () => hulls.restyle());
  subscribe(['hover'], ({ hover }) => {
    hulls.highlight(hover);
    places.highlight(hover);
  });
  draw();
}

/** The cell of the map's picture at a place, so that a click explains it. @param {readonly [number, number]} place @returns {string} its key, or nothing */
export function cellAt([lon, lat]) {
  const now = picture.value;
  if (!now || now.level === 'hex') return '';
  const found = (now.level === 'community' ? communities.data : grids.data)?.find(({ geometry }) =>
    covers(geometry, lon, lat),
  );
  return found ? `${now.level}:${found.properties.code}` : '';
}
