// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox } from '../frame/messages.js';
import { field, titleBlock } from '../frame/parts.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { loadedContent } from '../parts/records.js';
import { holds } from '../session/session.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { drawPanel } from './draw.js';
import { codesOf } from './keys.js';
import { base, schoolFeature, schools, summary } from './loads.js';
import { meant } from './layer.js';
import { pairButton } from './pairButton.js';
import { tallyOf } from './rows.js';
import { detail } from './schoolLoads.js';
import { categoryOf } from './names.js';
import { exportLinks } from './table.js';
import {
  decidedText,
  limitText,
  metresText,
  straightOf,
  tallyMarks,
  verdictMark,
  verdicts,
  walkingText,
} from './verdicts.js';

/** @typedef {import('./types.js').Pair} Pair @typedef {import('./types.js').Row} Row */

/** The box of the school that is open, drawn again when something arrives. @type {{ box: HTMLElement, key: string } | null} */
let shown = null;

/** Which groups of venues are unfolded beyond the first rows. @type {Set<string>} */
const unfolded = new Set();

/** Venues of one verdict before the rest are asked for. */
const firstVenues = 8;

/** A school with what is around it. @param {HTMLElement} box @param {string} key @returns {() => void} */
export function showSchool(box, key) {
  shown = { box, key };
  unfolded.clear();
  render();
  return render;
}

function render() {
  if (!shown || !shown.box.isConnected || shown.box.dataset.shows !== `perimeter:${shown.key}`) return;
  const { box, key } = shown;
  const [street, code] = codesOf(key);
  const feature = schoolFeature(street, code);
  const sum = summary.data?.schools.find((each) => each.street === street && each.code === code);
  const name = feature?.properties.name ?? sum?.name ?? code;
  const kind = feature?.properties.kind ?? sum?.kind ?? '';
  const head = titleBlock(
    'school',
    name,
    [kind && tCode('schoolKind', kind), code, sum?.neighbour ? t('neighbour') : ''].filter(Boolean).join(' · '),
  );
  if (state().pDraw && feature && mayDraw(feature)) {
    const panel = drawPanel(feature);
    // What somebody types into stays where it is.
    if (!panel || !box.contains(panel)) fill(box, head, panel);
    return;
  }
  fill(
    box,
    head,
    feature ? facts(feature) : null,
    feature && mayDraw(feature)
      ? h(
          'div',
          { class: 'button-row' },
          h(
            'button',
            { type: 'button', class: 'button', data: { focus: 'per-draw' }, on: { click: () => set({ pDraw: true }) } },
            t('drawStart'),
          ),
        )
      : null,
    ...(sum?.beyond ?? []).map((each) =>
      h('p', { class: 'message is-warning' }, t('beyond', { street: each.street_name, n: numberText(each.violating) })),
    ),
    ...loadedContent(detail, ({ pairs, network }) => [
      h('div', { class: 'section-title per-around' }, h('h3', null, t('venuesAround')), tallyMarks(tallyOf(pairs))),
      network && !network.loaded ? h('p', { class: 'quiet' }, t('noNetwork')) : null,
      ...(pairs.length
        ? verdicts.flatMap((verdict) =>
            group(
              verdict,
              pairs.filter(({ worst }) => worst.verdict === verdict),
            ),
          )
        : [emptyBox(t('nothingAround'), t('nothingAroundHint'))]),
      h(
        'p',
        { class: 'file-links' },
        ...exportLinks('/api/perimeters/compliance', { ...base(), school: code }, ['xlsx', 'csv', 'geojson']),
      ),
    ]),
  );
}

/** Walls and gates are drawn by planners of the street that keeps the school. @param {import('../types.js').Feature} feature */
const mayDraw = ({ properties }) => !properties.neighbour && (holds('planner') || holds('admin'));

/** @param {import('../types.js').Feature} feature */
function facts({ properties: p }) {
  const gates = /** @type {import('./types.js').Gate[]} */ (p.gates ?? []);
  return h(
    'dl',
    { class: 'fields is-compact' },
    field(
      t('schoolGates'),
      gates.length
        ? gates.map((gate) => `${gate.name}${gate.main ? ` (${t('mainGate')})` : ''}`).join(t('listJoin'))
        : t('noGates'),
      null,
    ),
    field(t('accuracy'), accuracyText(p.accuracy), null),
    field(t('datum'), p.datum ?? t('datumUnknown'), null),
    ...(p.notes ?? []).map((/** @type {string} */ note) => field(t('noteLabel'), tCode('note', note), null)),
  );
}

/** @param {any} accuracy */
export const accuracyText = (accuracy) =>
  accuracy && typeof accuracy === 'object'
    ? t('accuracyIs', { class: accuracy.class ?? '—', m: numberText(accuracy.metres ?? 0, 1) })
    : String(accuracy ?? '—');

/** @param {string} verdict @param {Pair[]} pairs @returns {Node[]} */
function group(verdict, pairs) {
  if (pairs.length === 0) return [];
  const open = unfolded.has(verdict);
  // The compliant are counted, not listed, until somebody asks.
  const limit = open ? pairs.length : verdict === 'compliant' ? 0 : firstVenues;
  return [
    h('h4', { class: 'per-group' }, verdictMark(verdict), h('span', { class: 'chip-n' }, numberText(pairs.length))),
    h('ul', { class: 'rows' }, ...pairs.slice(0, limit).map((pair) => h('li', null, venueRow(pair)))),
    ...(limit < pairs.length
      ? [
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              data: { focus: `per-unfold-${verdict}` },
              on: {
                click: () => {
                  unfolded.add(verdict);
                  render();
                },
              },
            },
            t('showAllN', { n: numberText(pairs.length) }),
          ),
        ]
      : []),
  ];
}

/** @param {Pair} pair */
const venueRow = (pair) =>
  pairButton(
    pair.key,
    `venue-${pair.key}`,
    'venue-row',
    h(
      'span',
      { class: 'row-main' },
      h(
        'span',
        { class: 'row-title', dir: 'auto' },
        pair.worst.venue_name,
        h('span', { class: 'row-kind' }, categoryOf(pair.worst)),
      ),
      distances(pair.worst),
      h('span', { class: 'row-note', dir: 'auto' }, reasonText(pair.worst)),
    ),
    icon('right', 16),
  );

/** Both distances, the deciding one marked, and the limit. @param {Row} row */
export const distances = (row) =>
  h(
    'span',
    { class: 'distances' },
    h(
      'span',
      { class: row.how === 'straight' ? 'is-deciding' : '' },
      `${t('straight')} ${metresText(straightOf(row))}`,
    ),
    h('span', { class: row.how === 'walking' ? 'is-deciding' : '' }, `${t('walking')} ${walkingText(row)}`),
    h('span', null, `${t('limitWord')} ${limitText(row)}`),
  );

/** Why this verdict, in one line. @param {Row} row */
export function reasonText(row) {
  if (row.verdict === 'exempt') return t('exemptUntil', { day: row.exempt_until ?? '—' });
  if (row.reason === 'within_uncertainty') return t('reasonUncertain', { d: decidedText(row) });
  const reason = tCode('reason', row.reason);
  return row.disagrees && row.verdict !== 'disputed'
    ? t('clauseJoin', { a: reason, b: t('otherSays', { verdict: tCode('verdict', row.other_verdict ?? '') }) })
    : reason;
}

export function followSchoolPanel() {
  for (const signal of [schools.signal, summary.signal, detail.signal]) signal.subscribe(render);
  subscribe(['pDraw'], render);
  subscribe(['hover'], ({ hover }) => {
    const now = meant(hover);
    for (const row of /** @type {Iterable<HTMLElement>} */ (shown?.box.querySelectorAll('.venue-row') ?? []))
      row.classList.toggle('is-hover', now.venue !== '' && meant(row.dataset.row ?? '').venue === now.venue);
  });
}
