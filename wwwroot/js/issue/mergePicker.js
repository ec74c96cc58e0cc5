// @ts-check
import { ApiProblem, get } from '../api.js';
import { debounced, fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { anchorOf } from '../geo/places.js';
import { distanceText, t, timeText } from '../i18n/index.js';
import { categoryName } from '../names.js';

/** @typedef {import('./issue.js').Feature} Feature */

/**
 * Finds the issue that another is the same as: open ones nearby first, or by code, name or words of the description.
 * @param {Feature} feature @returns {{ element: HTMLElement, value: () => string, missing: () => string }}
 */
export function mergePicker(feature) {
  let chosen = '';
  const self = String(feature.properties.id);
  const name = `merge-${self}`;
  const list = h('div', { class: 'checks', role: 'radiogroup', 'aria-label': t('mergeTarget') });
  const input = h('input', {
    type: 'search',
    placeholder: t('mergeSearch'),
    'aria-label': t('mergeSearch'),
    data: { focus: 'merge-search' },
  });
  /** @param {Feature[]} found */
  const show = (found) => {
    const others = found.filter(({ properties }) => String(properties.id) !== self);
    if (!others.some(({ properties }) => properties.id === chosen)) chosen = '';
    fill(
      list,
      ...others.map(({ properties: p }) =>
        h(
          'label',
          { class: 'layer-row' },
          h('input', {
            type: 'radio',
            name,
            value: p.id,
            checked: p.id === chosen,
            on: {
              change: () => {
                chosen = p.id;
              },
            },
          }),
          h(
            'span',
            { class: 'row-main', dir: 'auto' },
            h('span', null, `${categoryName(p.category)} ${p.code ?? ''}`),
            h(
              'span',
              { class: 'row-note' },
              [timeText(p.found_at), p.distance_m === undefined ? '' : distanceText(p.distance_m), p.description ?? '']
                .filter(Boolean)
                .join(' · '),
            ),
          ),
        ),
      ),
      others.length ? null : h('p', { class: 'quiet' }, t('mergeNone')),
    );
    announce(t('searchCount', { n: others.length }));
  };
  /** @param {Promise<any>} answer */
  const load = async (answer) => {
    try {
      show((await answer).features ?? []);
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      fill(list, h('p', { class: 'field-error' }, reason.message));
    }
  };
  const place = anchorOf(feature);
  const nearby = () =>
    place
      ? load(
          get('/api/issues/nearby', {
            lon: place[0],
            lat: place[1],
            category: feature.properties.category,
            radius: 200,
          }),
        )
      : Promise.resolve();
  input.addEventListener(
    'input',
    debounced(250, () => {
      const q = input.value.trim();
      if (q.length < 2) void nearby();
      else void load(get('/api/issues', { street: feature.properties.street, q, open: true, limit: 20 }));
    }),
  );
  void nearby();
  return {
    element: h('div', null, input, list),
    value: () => chosen,
    missing: () => (chosen ? '' : t('mergeChoose')),
  };
}
