// @ts-check
import { ApiProblem, get } from '../api.js';
import { followPosition, freshFix, position } from '../device/position.js';
import { debounced, fill, h } from '../dom.js';
import { distanceText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { changeReport, report } from './draft.js';

/** @typedef {import('../map/view.js').MapView} MapView */

/** How long after it was asked for the device's newest place is taken. */
const settleMilliseconds = 10_000;

const here = /** @type {Loader<import('../types.js').Ownership>} */ (new Loader());

/**
 * Where the problem is: the device says, or the map is dragged under the pin.
 * @param {HTMLElement} box @param {MapView} view
 */
export function buildPlace(box, view) {
  const ask = debounced(300, () => {
    const { place } = report.value;
    if (place && state().area === 'report')
      void here.load((signal) =>
        get('/api/ownership', { lon: place.lon, lat: place.lat, street: streetCode() }, signal),
      );
  });
  /** @param {import('./draft.js').Place} place */
  const put = (place) => {
    const before = report.value.place;
    if (before && before.lon === place.lon && before.lat === place.lat && before.source === place.source) return;
    changeReport({ place });
  };
  let followUntil = 0;
  const takeDevice = () => {
    const fix = freshFix();
    if (!fix) return;
    put({ lon: fix.lon, lat: fix.lat, accuracy: fix.accuracy, source: 'device' });
    view.show([fix.lon, fix.lat], 18);
  };
  const useDevice = () => {
    followUntil = Date.now() + settleMilliseconds;
    takeDevice();
    followPosition();
  };
  const useMap = () => {
    followUntil = 0;
    const [lon, lat] = view.centre();
    put({ lon: round(lon), lat: round(lat), accuracy: null, source: 'map' });
  };

  view.onDragged(() => {
    if (state().area === 'report' && state().selected === '') useMap();
  });
  position.subscribe(({ fix }) => {
    render();
    if (!fix || state().area !== 'report') return;
    const { place } = report.value;
    if (!place || Date.now() < followUntil) takeDevice();
    // Standing still, the device gets surer; the better answer counts.
    else if (place.source === 'device' && place.accuracy !== null && fix.accuracy < place.accuracy)
      put({ lon: fix.lon, lat: fix.lat, accuracy: fix.accuracy, source: 'device' });
  });
  const enter = () => {
    if (state().area !== 'report') return;
    const { place } = report.value;
    if (place) view.show([place.lon, place.lat], 18);
    else {
      takeDevice();
      followPosition();
    }
  };

  const render = () => {
    const { place } = report.value;
    const { asking, problem } = position.value;
    fill(
      box,
      h(
        'div',
        { class: 'step-row' },
        h('h3', { class: 'step-title' }, t('reportPlace')),
        h('p', { class: 'step-value', 'aria-live': 'polite' }, ...whereText(place)),
        h(
          'button',
          { type: 'button', class: 'button', data: { focus: 'use-device' }, on: { click: useDevice } },
          icon('locate', 18),
          h('span', null, t('useDevice')),
        ),
      ),
      problem ? h('p', { class: 'hint' }, t(problem === 'denied' ? 'positionDenied' : 'positionUnavailable')) : null,
      place
        ? h('p', { class: 'quiet' }, t('reportDrag'))
        : h(
            'div',
            { class: 'button-row' },
            asking ? h('p', { class: 'quiet' }, t('positionAsking')) : null,
            h(
              'button',
              { type: 'button', class: 'button', data: { focus: 'use-map' }, on: { click: useMap } },
              icon('target', 18),
              h('span', null, t('useMap')),
            ),
          ),
    );
  };
  let asked = '';
  report.subscribe(({ place }) => {
    const key = place ? `${place.lon},${place.lat}` : '';
    if (key !== asked) ask();
    asked = key;
    // The next report begins where the device is.
    if (!place && state().area === 'report') takeDevice();
    render();
  });
  here.signal.subscribe(render);
  subscribe(['lang'], render);
  subscribe(['area'], () => {
    enter();
    ask();
  });
  enter();
  ask();
  render();
}

/** @param {import('./draft.js').Place | null} place @returns {(string | Node)[]} */
function whereText(place) {
  if (!place) return [t('placeUnknown')];
  const { data, problem } = here.signal.value;
  const source =
    place.source === 'device' && place.accuracy !== null
      ? t('placeByDevice', { m: distanceText(place.accuracy) })
      : t(place.source === 'point' ? 'placeByPoint' : 'placeByMap');
  const outside = problem instanceof ApiProblem && problem.code === 'outside-coverage';
  const grid = outside
    ? t('outsideTitle')
    : data && Math.abs(data.lon - place.lon) < 1e-6 && Math.abs(data.lat - place.lat) < 1e-6
      ? gridText(data)
      : `${place.lon.toFixed(5)}, ${place.lat.toFixed(5)}`;
  return [h('strong', { dir: 'auto' }, grid), ` ${source}`];
}

/** A grid is often named after its community already. @param {import('../types.js').Ownership} found */
const gridText = ({ community, grid }) =>
  grid && community && !grid.name.startsWith(community.name)
    ? `${community.name} · ${grid.name}`
    : (grid?.name ?? community?.name ?? '');

/** @param {number} degrees */
const round = (degrees) => Math.round(degrees * 1e7) / 1e7;
