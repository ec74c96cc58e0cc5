// @ts-check
import { ApiProblem, get } from './api.js';
import { buildAreaLayer, fitArea } from './areas/layer.js';
import { density, loadAreas, loadDensity } from './areas/areas.js';
import { buildData } from './data/panel.js';
import { h } from './dom.js';
import { buildDetail } from './frame/detail.js';
import { buildFrame } from './frame/frame.js';
import { buildMapControls } from './frame/mapControls.js';
import { emptyBox, problemBox } from './frame/messages.js';
import { t } from './i18n/index.js';
import { baseTiles } from './map/tiles.js';
import { MapView } from './map/view.js';
import { config, setConfig, street } from './names.js';
import { loadOwnership, ownership } from './ownership/ownership.js';
import { buildOwnershipLayer } from './ownership/layer.js';
import { buildOwnership } from './ownership/panel.js';
import { buildPlaceLayers } from './places/layer.js';
import { forgetAll } from './places/places.js';
import { buildPointLayer } from './points/layer.js';
import { loadPoints } from './points/points.js';
import { buildTable } from './points/table.js';
import { buildSearch } from './search/box.js';
import { buildSituation } from './situation/panel.js';
import { set, start, state, subscribe } from './state.js';
import { installSymbols } from './symbols/symbol.js';

/** @param {HTMLElement} app */
async function run(app) {
  start();
  document.documentElement.lang = state().lang;
  try {
    setConfig(await get('/api/config'));
  } catch (reason) {
    if (!(reason instanceof ApiProblem)) throw reason;
    app.replaceChildren(
      h(
        'main',
        { class: 'start' },
        h('h1', null, t('startFailed')),
        problemBox(reason, () => location.reload(), ''),
      ),
    );
    return;
  }
  if (!street()) {
    app.replaceChildren(
      h('main', { class: 'start' }, h('h1', null, 'GeoCivic'), emptyBox(t('noStreets'), t('noStreetsHint'))),
    );
    return;
  }
  compose(app);
}

/** Every slice gets its place in the frame; they meet only in the state. @param {HTMLElement} app */
function compose(app) {
  installSymbols();
  const frame = buildFrame(app);
  const { baseMap } = config();
  const view = new MapView(frame.mapBox, { tiles: baseMap !== null });
  if (baseMap) baseTiles(baseMap).addTo(view.leaflet);
  view.start(street()?.bbox ?? null);

  const showPlaces = buildPlaceLayers(view);
  buildAreaLayer(view);
  buildPointLayer(view);
  buildOwnershipLayer(view);
  buildSituation(frame.bodies.situation);
  buildOwnership(frame.bodies.ownership);
  buildDetail(frame.detail);
  buildTable(frame.drawer);
  buildSearch(frame.search, view);
  buildMapControls(frame.overlay, view, density);
  const load = () => {
    forgetAll();
    showPlaces();
    void loadAreas();
    void loadPoints();
    void loadDensity();
    void loadOwnership();
  };
  buildData(frame.bodies.data, view, async () => {
    setConfig(await get('/api/config'));
    load();
  });
  subscribe(['street'], () => {
    ownership.signal.set({ loading: false, data: null, problem: null });
    load();
    const box = street()?.bbox;
    if (box && state().lon === null) view.fit(box, false);
  });
  subscribe(['at', 'area'], () => view.closePopup());
  subscribe(['selected'], ({ selected }) => {
    if (selected) view.closePopup();
    if (/^(grid|community):/.test(selected)) fitArea(view, selected.slice(selected.indexOf(':') + 1));
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set({ hover: '' });
  });
  load();
}

const app = document.getElementById('app');
if (app) void run(app);
