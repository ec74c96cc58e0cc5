// @ts-check
import { get } from '../api.js';
import { debounced, fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { distanceTo } from '../geo/distance.js';
import { distanceText, t, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { newReport, report } from './draft.js';

/** @typedef {import('../types.js').Feature} Feature */

const nearby = /** @type {Loader<{ key: string, features: Feature[] }>} */ (new Loader());

/** Category and place, to which the answer belongs. */
const keyOf = () => {
  const { category, place } = report.value;
  return category && place ? `${category}:${place.lon},${place.lat}` : '';
};

/** @returns {Feature[]} open issues of the chosen category close to the chosen place, as far as is known by now */
const found = () => (nearby.data?.key === keyOf() ? nearby.data.features : []);

/**
 * Offers what is already known instead of a duplicate.
 * @param {HTMLElement} box @param {() => void} sendAnyway
 * @returns {{ stops: () => boolean }} whether the person has to look at the offer before sending
 */
export function buildNearby(box, sendAnyway) {
  let refused = '';
  let asked = '';
  const ask = debounced(350, () => {
    const key = keyOf();
    const { category, place } = report.value;
    if (!key || !place || state().area !== 'report') return;
    void nearby.load(async (signal) => ({
      key,
      features: (await get('/api/issues/nearby', { lon: place.lon, lat: place.lat, category }, signal)).features,
    }));
  });
  const render = () => {
    const features = found();
    box.hidden = features.length === 0;
    if (!features.length) return fill(box);
    const { place } = report.value;
    fill(
      box,
      h(
        'h3',
        { class: 'message-title', tabindex: -1, data: { focus: 'nearby-title' } },
        icon('warning'),
        h('span', null, t('nearbyTitle', { n: features.length, category: categoryName(report.value.category) })),
      ),
      h(
        'ul',
        { class: 'nearby-list' },
        ...features.slice(0, 3).map(({ id, geometry, properties }) =>
          h(
            'li',
            { class: 'nearby' },
            h(
              'div',
              { class: 'row-main' },
              h(
                'span',
                { class: 'row-title', dir: 'auto' },
                properties.description ?? properties.name ?? timeText(properties.found_at),
              ),
              h(
                'span',
                { class: 'row-note' },
                [
                  place ? distanceText(properties.distance_m ?? distanceTo([place.lon, place.lat], geometry)) : '',
                  timeText(properties.found_at),
                ]
                  .filter(Boolean)
                  .join(' · '),
              ),
            ),
            h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: `same-${properties.id ?? id}` },
                on: { click: () => void same(String(properties.id ?? id)) },
              },
              t('nearbySame'),
            ),
          ),
        ),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary is-wide',
          data: { focus: 'nearby-other' },
          on: {
            click: () => {
              refused = keyOf();
              sendAnyway();
            },
          },
        },
        t('nearbyOther'),
      ),
    );
  };
  report.subscribe(() => {
    const key = keyOf();
    if (key !== asked) ask();
    asked = key;
    render();
  });
  nearby.signal.subscribe(render);
  subscribe(['lang'], render);
  subscribe(['area'], ask);
  ask();
  render();
  return {
    stops: () => {
      if (!found().length || refused === keyOf()) return false;
      const title = /** @type {HTMLElement | null} */ (box.querySelector('[data-focus=nearby-title]'));
      title?.focus();
      box.scrollIntoView({ block: 'center' });
      announce(title?.textContent ?? '');
      return true;
    },
  };
}

/** The problem is known: nothing is sent, the known one opens. @param {string} id */
async function same(id) {
  const { back } = report.value;
  await newReport();
  set(back ? { area: 'mine', selected: back } : { selected: `issue:${id}` });
}
