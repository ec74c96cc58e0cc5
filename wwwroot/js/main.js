// @ts-check
import { buildAdmin } from './admin/panel.js';
import { ApiProblem, get } from './api.js';
import { buildAreaLayer, fitArea } from './areas/layer.js';
import { buildCoverageLayer } from './board/coverageLayer.js';
import { loadAreas } from './areas/areas.js';
import { buildBoard } from './board/panel.js';
import { buildBulletins } from './bulletin/panel.js';
import { buildData } from './data/panel.js';
import { h } from './dom.js';
import { buildDetail } from './frame/detail.js';
import { buildFrame } from './frame/frame.js';
import { buildMapControls } from './frame/mapControls.js';
import { emptyBox, problemBox } from './frame/messages.js';
import { areasFor, homeFor } from './frame/workAreas.js';
import { anchorOf } from './geo/places.js';
import { t } from './i18n/index.js';
import { buildInbox } from './inbox/panel.js';
import { issue } from './issue/issue.js';
import { buildLedger } from './ledger/panel.js';
import { buildLetterPage } from './letter/page.js';
import { baseTiles } from './map/tiles.js';
import { buildPositionMark } from './map/positionMark.js';
import { MapView } from './map/view.js';
import { buildMine } from './mine/panel.js';
import { config, setConfig, street } from './names.js';
import { loadOwnership, ownership } from './ownership/ownership.js';
import { buildOwnershipLayer } from './ownership/layer.js';
import { buildOwnerLayer } from './ownership/owners.js';
import { buildOwnership } from './ownership/panel.js';
import { buildPerimeters } from './perimeters/panel.js';
import { buildPerimeterMap } from './perimeters/map.js';
import { buildPairTable } from './perimeters/table.js';
import { buildSeasonSheet } from './perimeters/seasonSheet.js';
import { buildEvidenceSheet } from './perimeters/sheet.js';
import { reloadPerimeters } from './perimeters/loads.js';
import { buildPlaceLayers } from './places/layer.js';
import { ensure, forgetAll } from './places/places.js';
import { buildPointLayer } from './points/layer.js';
import { loadPoints } from './points/points.js';
import { buildTable } from './points/table.js';
import { onSent, startQueue, unsentCount } from './queue/queue.js';
import { buildReport } from './report/panel.js';
import { buildSearch } from './search/box.js';
import { accountButton, warnOfUnsent } from './session/account.js';
import { keepSignedIn, loadSession, roles, session } from './session/session.js';
import { askToSignIn, askToSignInAgain } from './session/signIn.js';
import { buildCompare } from './situation/compare.js';
import { buildClusterLayer, buildPictureLayer } from './situation/layer.js';
import { buildSituation, reloadSituation } from './situation/panel.js';
import { picture } from './situation/picture.js';
import { buildPrint } from './situation/print.js';
import { buildCellTable } from './situation/table.js';
import { buildTimeBar } from './situation/timeBar.js';
import { land, set, start, state, subscribe } from './state.js';
import { installSymbols } from './symbols/symbol.js';

/** @param {HTMLElement} app */
async function run(app) {
  start();
  document.documentElement.lang = state().lang;
  installSymbols();
  try {
    if (!(await loadSession())) await askToSignIn(app);
    keepSignedIn(() => signedInAgain(app));
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
  if (!roles().length) return say(app, t('noAreas'), t('noAreasHint'));
  if (!street()) return say(app, t('noStreets'), t('noStreetsHint'));
  const areas = areasFor(roles());
  land(
    homeFor(roles()),
    areas.map(({ id }) => id),
  );
  compose(app, areas);
}

/** @param {HTMLElement} app @param {string} title @param {string} hint */
function say(app, title, hint) {
  app.replaceChildren(
    h('main', { class: 'start' }, h('h1', null, 'GeoCivic'), emptyBox(title, hint), session.value && accountButton()),
  );
}

/** The page goes on for the same person; for somebody else it starts anew at the same address. @param {HTMLElement} app */
async function signedInAgain(app) {
  const before = session.value;
  const after = await askToSignInAgain(app);
  if (before?.accountId === after.accountId) return;
  location.reload();
  await new Promise(() => {});
}

/**
 * Every slice gets its place in the frame; they meet only in the state.
 * @param {HTMLElement} app @param {readonly import('./frame/workAreas.js').WorkArea[]} areas
 */
function compose(app, areas) {
  const frame = buildFrame(app, areas);
  const { baseMap } = config();
  const view = new MapView(frame.mapBox, { tiles: baseMap !== null });
  if (baseMap) baseTiles(baseMap).addTo(view.leaflet);
  view.start(street()?.bbox ?? null);

  const showPlaces = buildPlaceLayers(view);
  buildAreaLayer(view);
  buildPictureLayer(view, picture);
  buildClusterLayer(view);
  buildPointLayer(view);
  buildOwnerLayer(view);
  buildOwnershipLayer(view);
  buildCoverageLayer(view);
  buildPerimeterMap(view);
  buildPositionMark(view);
  buildDetail(frame.detail);
  const pointTable = h('div', { class: 'point-table' });
  frame.drawer.append(pointTable);
  buildTable(pointTable, frame.drawer);
  buildCellTable(frame.drawer, pointTable);
  buildPairTable(frame.drawer, pointTable);
  buildSearch(frame.search, view);
  buildMapControls(frame.overlay, view);
  buildTimeBar(frame.overlay);
  buildCompare(frame.stage, frame.overlay, view);
  const load = () => {
    forgetAll();
    showPlaces();
    void loadAreas();
    void loadPoints();
    reloadSituation();
    reloadPerimeters();
    void loadOwnership();
  };
  const reload = async () => {
    setConfig(await get('/api/config'));
    load();
  };
  /** What fills each work area. @type {Record<import('./frame/workAreas.js').WorkAreaId, (box: HTMLElement) => void>} */
  const builders = {
    mine: (box) => buildMine(box, view),
    report: (box) => buildReport(box, view),
    inbox: buildInbox,
    board: buildBoard,
    situation: buildSituation,
    ledger: buildLedger,
    bulletin: buildBulletins,
    perimeters: buildPerimeters,
    ownership: buildOwnership,
    data: (box) => buildData(box, view, reload),
    admin: buildAdmin,
  };
  buildLetterPage(app);
  buildPrint();
  buildEvidenceSheet();
  buildSeasonSheet();
  for (const { id } of areas) builders[/** @type {keyof typeof builders} */ (id)](frame.bodies[id]);
  warnOfUnsent(unsentCount);
  onSent(({ kind }) => {
    if (kind !== 'issue') return;
    ensure('issues', true);
    void loadPoints();
    reloadSituation();
  });
  startQueue();
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
  let revealed = '';
  issue.signal.subscribe(({ data }) => {
    const key = data ? `issue:${data.properties.id}` : '';
    const place = data && anchorOf(data);
    if (!place || key === revealed || key !== state().selected) return;
    revealed = key;
    view.reveal(place);
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set({ hover: '' });
  });
  load();
}

const app = document.getElementById('app');
if (app) void run(app);
