// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { field, list, titleBlock } from '../frame/parts.js';
import { t, tCode } from '../i18n/index.js';
import { areaName, placementText, venueCategoryName } from '../names.js';
import { collections, ensure } from './places.js';

/** @typedef {import('../types.js').Feature} Feature */

/** @param {any} p */
const placeFields = (p) => [
  field(t('community'), areaName(p.community) || t('outsideAll')),
  field(t('grid'), p.grid ? areaName(p.grid) : t('outsideAll'), p.grid),
  field(t('placementIs'), placementText(p)),
];

/** A school with its gates, or a venue. @param {HTMLElement} box @param {'school' | 'venue'} kind @param {string} code @returns {() => void} draws it again */
export function showPlace(box, kind, code) {
  const loader = collections[kind === 'school' ? 'schools' : 'venues'];
  const render = () => {
    if (box.dataset.shows !== `${kind}:${code}`) return;
    const { data, problem } = loader.signal.value;
    const feature = data?.find(({ properties }) => properties.code === code);
    if (problem)
      fill(
        box,
        problemBox(problem, () => void loader.again()),
      );
    else if (feature) fill(box, ...(kind === 'school' ? schoolContent(feature) : venueContent(feature)));
    else fill(box, data ? emptyBox(t('searchNone', { q: code })) : skeleton(5));
  };
  ensure(kind === 'school' ? 'schools' : 'venues');
  if (kind === 'school') ensure('gates');
  loader.signal.subscribe(render);
  collections.gates.signal.subscribe(render);
  render();
  return render;
}

/** @param {Feature} feature */
function schoolContent({ properties: p }) {
  const gates = (collections.gates.data ?? []).filter(({ properties }) => properties.school === p.code);
  return [
    titleBlock('school', p.name, `${t('kind_school')} · ${p.code}`),
    h('dl', { class: 'fields' }, p.kind ? field(t('kind'), tCode('school', p.kind)) : null, ...placeFields(p)),
    h('h3', { class: 'small-title' }, t('gates')),
    list(gates.map(({ properties }) => h('span', { class: 'row is-still', dir: 'auto' }, properties.name))),
  ];
}

/** @param {Feature} feature */
const venueContent = ({ properties: p }) => [
  titleBlock('venue', p.name, `${venueCategoryName(p.category)} · ${p.code}`),
  h(
    'dl',
    { class: 'fields' },
    p.licensed_from ? field(t('licensedFrom'), p.licensed_from) : null,
    p.licensed_until ? field(t('licensedUntil'), p.licensed_until) : null,
    ...placeFields(p),
  ),
];
