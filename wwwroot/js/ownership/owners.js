// @ts-check
import { get } from '../api.js';
import { h, styled } from '../dom.js';
import { problemBox } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName, config, streetCode } from '../names.js';
import { nameOf } from '../i18n/index.js';
import { ShapeLayer } from '../map/shapeLayer.js';
import { areaName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { findingsNote } from './findings.js';

/** @typedef {import('../types.js').Features} Features @typedef {import('../types.js').Feature} Feature */

/** Qualitative fills at a quarter strength; name and outline tell first, hue second. */
const hues = ['#4c78a8', '#b279a2', '#72b7b2', '#9d755d', '#54808c', '#8c6bb1', '#6b9ac4', '#a05d56', '#5f9e6e'];

/** Who leads in each grid for the kind of problem chosen. */
export const owners = /** @type {Loader<Features>} */ (new Loader());
/** What nobody owns and what two lead, for the same. */
export const ownerFindings = /** @type {Loader<Features>} */ (new Loader());

export function loadOwners() {
  const { area, category } = state();
  if (area !== 'ownership') return;
  const query = { street: streetCode(), category };
  if (category) void owners.load((signal) => get('/api/ownership/map', query, signal));
  void ownerFindings.load((signal) => get('/api/ownership/findings', query, signal));
}

/** @returns {Map<string, { name: string, hue: string, n: number }>} leads in the order of how much they own */
function leads() {
  /** @type {Map<string, { name: string, hue: string, n: number }>} */
  const found = new Map();
  for (const { properties: p } of owners.data?.features ?? []) {
    if (!p.lead) continue;
    const one = found.get(p.lead) ?? { name: p.lead_name ?? p.lead, hue: '', n: 0 };
    one.n++;
    found.set(p.lead, one);
  }
  const sorted = [...found].sort(([, a], [, b]) => b.n - a.n);
  sorted.forEach(([, one], i) => {
    one.hue = hues[i % hues.length];
  });
  return new Map(sorted);
}

/** Grids filled by the body that leads there. @param {import('../map/view.js').MapView} view */
export function buildOwnerLayer(view) {
  let colours = leads();
  const layer = new ShapeLayer(view, {
    pane: 'shape',
    prefix: 'grid',
    style: ({ properties: p }) => {
      if (!p.lead) return { color: '#912018', weight: 1.5, fillColor: 'url(#hatch-finding)', fillOpacity: 0.8 };
      const hue = colours.get(p.lead)?.hue ?? hues[0];
      return p.tie
        ? { color: '#912018', weight: 3, dashArray: '6 4', fillColor: hue, fillOpacity: 0.25 }
        : { color: hue, weight: 1.5, fillColor: hue, fillOpacity: 0.25 };
    },
    hoverStyle: () => ({ color: '#1f5fbf', weight: 3 }),
    tooltip: ({ properties: p }) =>
      [areaName(p.code), p.lead ? (p.lead_name ?? p.lead) : t('rule_unowned'), p.tie ? t('rule_two_leads') : ''].filter(
        Boolean,
      ),
    onHover: (key) => set({ hover: key }),
  });
  const visibility = () => layer.show(state().area === 'ownership' && state().category !== '');
  owners.signal.subscribe(({ loading, data }) => {
    if (loading) return;
    colours = leads();
    layer.setFeatures(data?.features ?? []);
  });
  subscribe(['area', 'category'], visibility);
  subscribe(['area', 'category', 'street'], loadOwners);
  subscribe(['hover'], ({ hover }) => layer.highlight(hover));
  visibility();
  loadOwners();
}

/** The choice of a kind of problem, the legend of the map, and what is wrong. */
export function ownersBlock() {
  const now = state();
  const select = h(
    'select',
    { data: { focus: 'owner-category' }, on: { change: () => set({ category: select.value }) } },
    h('option', { value: '' }, t('allCategories')),
    ...config().issueCategories.map((each) =>
      h('option', { value: each.code, selected: each.code === now.category }, nameOf(each)),
    ),
  );
  const { data, problem } = owners.signal.value;
  const unowned = (data?.features ?? []).filter(({ properties }) => !properties.lead).length;
  return [
    h('label', { class: 'select-row' }, h('span', null, t('category')), select),
    now.category && problem ? problemBox(problem, () => void owners.again(), '') : null,
    now.category && data
      ? h(
          'ul',
          { class: 'owner-legend', 'aria-label': t('ownersOf', { category: categoryName(now.category) }) },
          ...[...leads()].map(([, { name, hue, n }]) =>
            h(
              'li',
              null,
              styled(h('span', { class: 'owner-swatch' }), { 'background-color': `${hue}40`, 'border-color': hue }),
              h('span', { class: 'row-main', dir: 'auto' }, name),
              h('span', { class: 'chip-n' }, t('gridsN', { n: numberText(n) })),
            ),
          ),
          unowned
            ? h(
                'li',
                null,
                h('span', { class: 'owner-swatch is-unowned' }),
                h('span', { class: 'row-main' }, t('rule_unowned')),
                h('span', { class: 'chip-n' }, t('gridsN', { n: numberText(unowned) })),
              )
            : null,
        )
      : null,
    findingsNote(ownerFindings),
  ];
}
