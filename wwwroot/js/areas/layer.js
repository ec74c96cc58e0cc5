// @ts-check
import { extent } from '../geo/places.js';
import { LabelLayer, ShapeLayer } from '../map/shapeLayer.js';
import { areaName, gridShort } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { fillOf } from '../situation/style.js';
import { picture } from '../situation/picture.js';
import { communities, grids } from './areas.js';

/** @typedef {import('../types.js').Feature} Feature */

/** Qualitative fills of the ownership view: told apart by name and outline first, by hue second. */
const hues = ['#4c78a8', '#b279a2', '#72b7b2', '#9d755d', '#54808c', '#8c6bb1', '#6b9ac4', '#a05d56', '#5f9e6e'];

/** Grids, communities, their names and the choropleth. @param {import('../map/view.js').MapView} view */
export function buildAreaLayer(view) {
  /** @type {Map<string, string>} */
  let hueOf = new Map();

  const style = (/** @type {Feature} */ { properties }) => {
    const { area, category } = state();
    if (area === 'situation') return fillOf(picture.value, properties.level, properties.code);
    // For one kind of problem the bodies that lead are coloured instead.
    return area === 'ownership' && properties.level === 'community' && !category
      ? { fillColor: hueOf.get(properties.code) ?? hues[0], fillOpacity: 0.25 }
      : { fillColor: '#fff', fillOpacity: 0 };
  };
  const lines = (/** @type {Feature} */ feature) => {
    const { code, name, level } = feature.properties;
    const first = level === 'grid' ? `${areaName(feature.properties.parent)} ${gridShort(code)}` : name;
    const shown = picture.value;
    const cell = shown && shown.level === level ? shown.cells.get(code) : undefined;
    return [first, ...(cell?.lines ?? [])];
  };
  const options = {
    hoverStyle: () => ({ color: '#1f5fbf', weight: 3, opacity: 1 }),
    tooltip: lines,
    onHover: (/** @type {string} */ key) => set({ hover: key }),
  };
  const grid = new ShapeLayer(view, {
    ...options,
    pane: 'fill',
    prefix: 'grid',
    style: (feature) => ({ color: '#667085', weight: 0.9, opacity: 0.8, ...style(feature) }),
  });
  const community = new ShapeLayer(view, {
    pane: 'fill',
    prefix: 'community',
    ...options,
    style: (feature) => ({ color: '#344054', weight: 1.2, opacity: 0.9, ...style(feature) }),
  });
  const border = new ShapeLayer(view, {
    pane: 'outline',
    prefix: 'border',
    interactive: false,
    style: () => ({ color: '#344054', weight: 2.2, opacity: 0.95, fill: false }),
  });
  const chosen = new ShapeLayer(view, {
    pane: 'finding',
    prefix: 'chosen',
    interactive: false,
    style: () => ({ color: '#1f5fbf', weight: 3.5, opacity: 1, fill: false }),
  });
  chosen.show(true);
  const communityNames = new LabelLayer(view, {
    className: 'label-community',
    minZoom: 13,
    text: ({ properties }) => properties.name,
  });
  const gridNames = new LabelLayer(view, {
    className: 'label-grid',
    minZoom: 17,
    text: ({ properties }) => gridShort(properties.code),
  });

  const visibility = () => {
    const { layers, area } = state();
    const level = area === 'situation' ? picture.value?.level : '';
    grid.show(layers.includes('grids') || level === 'grid');
    community.show(area === 'ownership' || level === 'community');
    border.show(layers.includes('communities'));
    communityNames.show(layers.includes('communities'));
    gridNames.show(layers.includes('grids'));
    grid.restyle();
    community.restyle();
  };
  const choose = () => {
    const [level, code] = state().selected.split(':');
    const from = level === 'grid' ? grids.data : level === 'community' ? communities.data : null;
    chosen.setFeatures((from ?? []).filter(({ properties }) => properties.code === code));
  };

  communities.signal.subscribe(({ data }) => {
    hueOf = new Map((data ?? []).map(({ properties }, i) => [properties.code, hues[i % hues.length]]));
    community.setFeatures(data ?? []);
    border.setFeatures(data ?? []);
    communityNames.setFeatures(data ?? []);
    choose();
  });
  grids.signal.subscribe(({ data }) => {
    grid.setFeatures(data ?? []);
    gridNames.setFeatures(data ?? []);
    choose();
  });
  picture.subscribe(visibility);
  subscribe(['layers', 'area', 'category'], visibility);
  subscribe(['hover'], ({ hover }) => {
    grid.highlight(hover);
    community.highlight(hover);
  });
  subscribe(['selected'], choose);
  visibility();
}

/** Brings a chosen area into view. @param {import('../map/view.js').MapView} view @param {string} code */
export function fitArea(view, code) {
  const feature = [...(grids.data ?? []), ...(communities.data ?? [])].find(
    ({ properties }) => properties.code === code,
  );
  const box = feature && extent(feature.geometry);
  // Among its neighbours it says more than alone: only what is out of sight is brought into view.
  if (box && !(state().area === 'situation' && view.shows(box))) view.fit(box);
}
