// @ts-check
import { fill, h } from '../dom.js';
import { problemBox } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { baseTiles } from '../map/tiles.js';
import { SecondMap } from '../map/secondMap.js';
import { config, street } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { buildOutlines, buildPictureLayer } from './layer.js';
import { densityB, hotspotsB, isCompared } from './loads.js';
import { dayInput } from './parts.js';
import { pictureB } from './picture.js';

/**
 * Two periods side by side: the page's own map on the left, one that moves with it on the right, one legend for both.
 * @param {HTMLElement} stage @param {HTMLElement} overlay @param {import('../map/view.js').MapView} view
 */
export function buildCompare(stage, overlay, view) {
  const box = h('div', { class: 'map second-map', id: 'map2', role: 'application' });
  const bars = h('div', { class: 'compare-bar' });
  stage.insertBefore(box, overlay);
  overlay.append(bars);
  /** @type {SecondMap | null} */
  let second = null;
  const render = () => {
    const now = state();
    const on = now.area === 'situation' && isCompared(now) && innerWidth >= 1024;
    const bbox = street()?.bbox;
    const whole =
      bbox &&
      view.leaflet.getBounds().contains([
        [bbox[1], bbox[0]],
        [bbox[3], bbox[2]],
      ]);
    box.hidden = !on;
    bars.hidden = !on;
    stage.classList.toggle('is-compared', on);
    if (!on) return;
    box.setAttribute('aria-label', t('mapOfPeriodB'));
    const { problem } = (now.show === 'hotspots' ? hotspotsB : densityB).signal.value;
    fill(
      bars,
      h(
        'div',
        { class: 'compare-side' },
        h('strong', null, t('periodA')),
        dayInput(t('dayFrom'), 'from', now.from, { id: 'a-from' }),
        dayInput(t('to'), 'to', now.to, { id: 'a-to' }),
      ),
      h(
        'div',
        { class: 'compare-side is-second' },
        h('strong', null, t('periodB')),
        dayInput(t('dayFrom'), 'vsFrom', now.vsFrom),
        dayInput(t('to'), 'vsTo', now.vsTo),
        h(
          'button',
          {
            type: 'button',
            class: 'icon-button is-small',
            'aria-label': t('endCompare'),
            title: t('endCompare'),
            data: { focus: 'compare-end' },
            on: { click: () => set({ vsFrom: '', vsTo: '' }) },
          },
          icon('close', 16),
        ),
      ),
      problem && !pictureB.value?.refused ? problemBox(problem, () => void densityB.again()) : null,
    );
    if (second) return;
    const { baseMap } = config();
    // The main map first takes its half, so that both have the same size and centre.
    view.leaflet.invalidateSize({ animate: false, pan: false });
    if (bbox && whole) view.fit(bbox, false);
    second = new SecondMap(box, { tiles: baseMap !== null });
    if (baseMap) baseTiles(baseMap).addTo(second.leaflet);
    buildPictureLayer(second, pictureB, { all: true });
    buildOutlines(second);
    second.moveWith(view.leaflet);
  };
  subscribe(['area', 'show', 'density', 'vsFrom', 'vsTo', 'from', 'to', 'lang'], render);
  pictureB.subscribe(render);
  addEventListener('resize', render);
  render();
}
