// @ts-check
import { numberText, t } from '../i18n/index.js';
import { h } from '../dom.js';
import { recordTable } from '../parts/records.js';
import { categoriesText, clusterTitle, monthText, spanText, watchText } from './clusterText.js';
import { keyPlaces, placeId } from './keyPlaces.js';
import { openCell } from './layer.js';
import { clusters } from './loads.js';

/** Clusters and key places of the map as tables. @returns {HTMLElement[]} */
export function clusterTables() {
  const found = (clusters.data?.features ?? []).map(({ properties }) => properties);
  const places = keyPlaces.data ?? [];
  return [
    recordTable({
      caption: t('titleClusters'),
      rows: found,
      columns: [
        { text: t('name'), value: (p) => opener(clusterTitle(p), `cluster:${p.cluster}`) },
        { text: t('count'), value: (p) => numberText(p.size), number: true },
        { text: t('category'), value: categoriesText },
        { text: t('firstLast'), value: spanText, narrow: false },
      ],
    }),
    recordTable({
      caption: t('keyPlaces'),
      rows: places,
      columns: [
        { text: t('keyPlaces'), value: (each) => opener(each.properties.name, `place:${placeId(each)}`) },
        { text: t('months'), value: ({ properties }) => monthText(properties) },
        { text: t('openIssues'), value: ({ properties }) => numberText(properties.open ?? 0), number: true },
        { text: t('watching'), value: ({ properties }) => watchText(properties), narrow: false },
      ],
    }),
  ];
}

/** @param {string} text @param {string} key */
const opener = (text, key) =>
  h(
    'button',
    { type: 'button', class: 'link', data: { focus: `row-${key}` }, on: { click: () => openCell(key) } },
    text,
  );
