// @ts-check
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { state } from '../state.js';
import { clusters } from './loads.js';
import { picture, pictureB } from './picture.js';
import { swatch } from './style.js';

/** @typedef {import('./classes.js').Picture} Picture */

/** What the colours of the map mean, in one sentence and class by class with the number of areas. @returns {HTMLElement[]} */
export function situationLegend() {
  if (state().area !== 'situation') return [];
  if (state().show === 'clusters') return clusterLegend();
  const now = picture.value;
  return now ? pictureLegend(now, pictureB.value) : [];
}

/** @param {Picture} now @param {Picture | null} [beside] the second period: its counts stand behind those of the first */
export function pictureLegend(now, beside = null) {
  const second = new Map((beside?.classes ?? []).map(({ key, n }) => [key, n]));
  return [
    h('h2', { class: 'small-title legend-title' }, now.title),
    h('p', { class: 'legend-days' }, beside ? `${t('periodA')} ${now.days}` : now.days),
    ...(beside ? [h('p', { class: 'legend-days' }, `${t('periodB')} ${beside.days}`)] : []),
    h('p', { class: 'legend-says' }, now.sentence),
    h(
      'ul',
      { class: 'legend-classes' },
      ...now.classes.map((each) =>
        h(
          'li',
          { data: { class: each.key } },
          swatch(each),
          h('span', { class: 'legend-range' }, each.label),
          h(
            'span',
            { class: 'legend-n' },
            beside
              ? `${numberText(each.n)} / ${numberText(second.get(each.key) ?? 0)}`
              : t('areasN', { n: numberText(each.n) }),
          ),
        ),
      ),
    ),
    ...now.notes.map((note) => h('p', { class: 'legend-note', dir: 'auto' }, note)),
  ];
}

function clusterLegend() {
  const { data } = clusters;
  const size = (data?.features ?? []).reduce((sum, { properties }) => sum + properties.size, 0);
  return [
    h('h2', { class: 'small-title legend-title' }, t('titleClusters')),
    h(
      'p',
      { class: 'legend-says' },
      t('saysClusters', {
        n: numberText(data?.features.length ?? 0),
        size: numberText(size),
        noise: numberText(data?.noise ?? 0),
      }),
    ),
    h(
      'ul',
      { class: 'legend-classes' },
      h(
        'li',
        null,
        h('span', { class: 'legend-fill is-cluster-hull' }),
        h('span', { class: 'legend-range' }, t('clusterHull')),
      ),
      h(
        'li',
        null,
        h('span', { class: 'legend-fill is-key-place' }),
        h('span', { class: 'legend-range' }, t('keyPlaces')),
      ),
    ),
  ];
}
