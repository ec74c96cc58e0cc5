// @ts-check
import { fill, h } from '../dom.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { extent, union } from '../geo/places.js';
import { t } from '../i18n/index.js';
import { SecondMap } from '../map/secondMap.js';
import { baseTiles } from '../map/tiles.js';
import { config, street } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { citationBlock } from './citation.js';
import { isOpen, schoolFeature, schools } from './loads.js';
import { facts, pairRows, wordingOf } from './pair.js';
import { buildPairLayer } from './pairLayer.js';
import { paperBar, paperScroll } from './paper.js';
import { buildSheetShapes } from './sheetShapes.js';
import { detail, evidence, evidenceQuery, openPair } from './schoolLoads.js';
import { reasonText } from './school.js';
import { categoryOf, ruleOf } from './names.js';
import { decidedText, limitText, metresText, methodText, straightOf, verdictMark, walkingText } from './verdicts.js';

/** The evidence as a sheet of A4, on the screen as on paper: `/?area=perimeters&sel=pair:…&print=1`. */
export function buildEvidenceSheet() {
  const bar = h('div', { class: 'letter-bar' });
  const head = h('header');
  const mapBox = h('div', { class: 'evidence-map' });
  const body = h('div');
  const sheet = h('article', { class: 'evidence-sheet' }, head, mapBox, body);
  const dialog = h('dialog', { class: 'letter-page evidence-page' }, bar, sheet);
  document.body.append(dialog);
  /** @type {SecondMap | null} */
  let map = null;
  const wanted = () => isOpen() && state().print && openPair() !== null;

  const draw = () => {
    if (!wanted()) return;
    const rows = pairRows();
    const [row] = rows;
    const { data, loading, problem } = evidence.signal.value;
    dialog.setAttribute('aria-label', t('evidenceSheet'));
    fill(bar, ...paperBar('sheet', ['/api/perimeters/evidence', evidenceQuery(), ['docx']], row !== undefined));
    fill(
      head,
      h('h1', null, t('evidenceTitle')),
      h('p', { dir: 'auto' }, row ? `${row.venue_name}（${categoryOf(row)}） — ${row.school_name}` : ''),
    );
    fill(
      body,
      problem ? problemBox(problem, () => void evidence.again(), '') : null,
      !row && loading ? skeleton(8) : null,
      row ? paperScroll(t('verdictFilter'), verdictTable(rows)) : null,
      wordingOf(data),
      data && row ? facts(data, row) : null,
      ...rows.map((each) => h('div', { class: 'evidence-rule' }, h('h2', null, ruleOf(each)), citationBlock(each))),
      h(
        'footer',
        { class: 'evidence-foot' },
        h('span', null, street()?.name ?? ''),
        h(
          'span',
          null,
          config().reviewNumber ? t('reviewNumber', { n: config().reviewNumber ?? '' }) : t('reviewNumberSlot'),
        ),
        h('span', null, t('evidenceSigned')),
      ),
    );
    fitMap();
  };
  const fitMap = () => {
    const open = openPair();
    const [row] = pairRows();
    if (!map || !open || !row) return;
    const campus = schoolFeature(open.schoolStreet, open.school);
    const door = extent({ type: 'Point', coordinates: [row.lon, row.lat] });
    const path = evidence.data?.route?.path;
    const box = union([campus ? extent(campus.geometry) : null, door, path?.coordinates ? extent(path) : null]);
    if (!box) return;
    // Room for the scale bar and the labels.
    const [w, s, e, n] = box;
    const room = Math.max(e - w, n - s, 0.0004) * 0.15;
    map.fit([w - room, s - room, e + room, n + room]);
  };
  const open = () => {
    if (!wanted()) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) dialog.showModal();
    if (!map) {
      map = new SecondMap(mapBox, { still: true });
      const { baseMap } = config();
      if (baseMap) baseTiles(baseMap).addTo(map.leaflet);
      buildSheetShapes(map);
      buildPairLayer(map, () => fitMap());
    }
    draw();
  };
  dialog.addEventListener('close', () => {
    if (state().print && isOpen()) set({ print: false });
  });
  for (const signal of [evidence.signal, detail.signal, schools.signal]) signal.subscribe(draw);
  subscribe(['print', 'area', 'selected'], open);
  subscribe(['lang'], draw);
  open();
}

/** @param {import('./types.js').Row[]} rows */
const verdictTable = (rows) =>
  h(
    'table',
    { class: 'evidence-table' },
    h('caption', { class: 'visually-hidden' }, t('verdictFilter')),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        ...[
          t('ruleFilter'),
          t('methodTitle'),
          t('limitWord'),
          t('straight'),
          t('walking'),
          t('decides'),
          t('verdictFilter'),
        ].map((text) => h('th', { scope: 'col' }, text)),
      ),
    ),
    h(
      'tbody',
      null,
      ...rows.map((row) =>
        h(
          'tr',
          null,
          h('td', { dir: 'auto' }, ruleOf(row)),
          h('td', null, methodText(row)),
          h('td', { class: 'is-number' }, limitText(row)),
          h('td', { class: 'is-number' }, metresText(straightOf(row))),
          h('td', { class: 'is-number' }, walkingText(row)),
          h('td', { class: 'is-number' }, decidedText(row)),
          h('td', null, verdictMark(row.verdict), h('span', { class: 'evidence-why' }, reasonText(row))),
        ),
      ),
    ),
  );
