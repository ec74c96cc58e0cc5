// @ts-check
import { classColour, classOf, zeroColour } from '../geo/classes.js';
import { extent } from '../geo/places.js';
import { numberText, t } from '../i18n/index.js';
import { LabelLayer, ShapeLayer } from '../map/shapeLayer.js';
import { areaName, gridShort } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { communities, density, grids } from './areas.js';

/** @typedef {import('../types.js').Feature} Feature */

/** Qualitative fills of the ownership view: told apart by name and outline first, by hue second. */
const hues = ['#4c78a8', '#b279a2', '#72b7b2', '#9d755d', '#54808c', '#8c6bb1', '#6b9ac4', '#a05d56', '#5f9e6e'];

/** Grids, communities, their names and the choropleth. @param {import('../map/view.js').MapView} view */
export function buildAreaLayer(view) {
  /** @type {Map<string, any>} */
  let values = new Map();
  /** @type {Map<string, string>} */
  let hueOf = new Map();

  const fillOf = (/** @type {Feature} */ { properties }) => {
    const { density: level, area } = state();
    if (area === 'ownership') {
      // For one kind of problem the bodies that lead are coloured instead.
      return properties.level === 'community' && !state().category
        ? { fillColor: hueOf.get(properties.code) ?? hues[0], fillOpacity: 0.25 }
        : { fillOpacity: 0 };
    }
    if (area !== 'situation' || level !== properties.level || !density.data)
      return { fillColor: '#fff', fillOpacity: 0 };
    const each = classOf(values.get(properties.code)?.value, density.data.breaks);
    if (each === 'none') return { fillColor: 'url(#hatch-none)', fillOpacity: 0.8 };
    if (each === 'zero') return { fillColor: zeroColour, fillOpacity: 0.55 };
    return { fillColor: classColour(each, density.data.classes.length), fillOpacity: 0.72 };
  };
  const lines = (/** @type {Feature} */ feature) => {
    const { code, name, level } = feature.properties;
    const value = values.get(code);
    const first = level === 'grid' ? `${areaName(feature.properties.parent)} ${gridShort(code)}` : name;
    return [
      first,
      value && state().area === 'situation' ? t('openIssuesN', { n: numberText(value.count) }) : '',
      value && state().area === 'situation' && state().measure === 'per_km2'
        ? `${numberText(value.value, 1)} ${t('perKm2Unit')}`
        : '',
    ].filter(Boolean);
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
    style: (feature) => ({ color: '#667085', weight: 0.9, opacity: 0.8, ...fillOf(feature) }),
  });
  const community = new ShapeLayer(view, {
    pane: 'fill',
    prefix: 'community',
    ...options,
    style: (feature) => ({ color: '#344054', weight: 1.2, opacity: 0.9, ...fillOf(feature) }),
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
    const { layers, density: level, area } = state();
    const colours = area === 'situation';
    grid.show(layers.includes('grids') || (colours && level === 'grid'));
    community.show(area === 'ownership' || (colours && level === 'community'));
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
  density.signal.subscribe(({ data }) => {
    values = new Map((data?.features ?? []).map(({ properties }) => [properties.code, properties]));
    visibility();
  });
  subscribe(['layers', 'density', 'area', 'category'], visibility);
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
  if (box) view.fit(box);
}
