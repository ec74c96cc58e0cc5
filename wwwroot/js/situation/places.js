// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { numberText, t } from '../i18n/index.js';
import { set, state, subscribe } from '../state.js';
import { categoriesText, clusterTitle, monthText, watchText } from './clusterText.js';
import { keyPlaces, loadKeyPlaces, mayNamePlaces, placeId } from './keyPlaces.js';
import { clusters } from './loads.js';

/** The clusters on the map, largest first. @param {HTMLElement} box */
export function buildClusterList(box) {
  const render = () => {
    box.hidden = state().show !== 'clusters';
    if (box.hidden || state().area !== 'situation') return;
    const { loading, data, problem } = clusters.signal.value;
    if (problem)
      return fill(
        box,
        problemBox(problem, () => void clusters.again()),
      );
    if (!data) return fill(box, loading ? skeleton(5) : null);
    fill(
      box,
      h('h3', { class: 'small-title' }, t('clustersFound', { n: numberText(data.features.length) })),
      data.features.length
        ? list(
            data.features.map(({ properties }) =>
              rowButton({
                key: `cluster:${properties.cluster}`,
                title: clusterTitle(properties),
                note: categoriesText(properties),
                end: t('countN', { n: numberText(properties.size) }),
                open: () => set({ selected: `cluster:${properties.cluster}` }),
                hover: (on) => set({ hover: on ? `cluster:${properties.cluster}` : '' }),
              }),
            ),
          )
        : emptyBox(t('noClusters')),
      mayNamePlaces() && data.features.length ? h('p', { class: 'quiet' }, t('clusterSaveHint')) : null,
    );
  };
  clusters.signal.subscribe(render);
  subscribe(['show', 'area', 'lang'], render);
  render();
}

/** Key places, the one that is due first. */
export const placesSection = {
  key: 'places',
  signals: [keyPlaces.signal],
  load: () => {
    if (!keyPlaces.signal.value.loading) void loadKeyPlaces();
  },
  content: () => {
    const { loading, data, problem } = keyPlaces.signal.value;
    if (problem) return [problemBox(problem, () => void keyPlaces.again())];
    if (!data) return [loading ? skeleton(4) : null];
    if (data.length === 0) return [emptyBox(t('noKeyPlaces'), t('noKeyPlacesHint'))];
    return [
      list(
        data.map((each) => {
          const { properties } = each;
          const key = `place:${placeId(each)}`;
          return rowButton({
            key,
            title: properties.name,
            note: `${monthText(properties)} · ${watchText(properties)}`,
            end: t('openShort', { n: numberText(properties.open ?? 0) }),
            open: () => set({ selected: key, show: 'clusters' }),
            hover: (on) => set({ hover: on ? key : '' }),
          });
        }),
      ),
    ];
  },
};
