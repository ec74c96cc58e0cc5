// @ts-check
import { send } from '../api.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { attempts } from '../ids.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { actButton } from '../parts/actButton.js';
import { loadedContent } from '../parts/records.js';
import { holds } from '../session/session.js';
import { set, state } from '../state.js';
import { keyOf } from './keys.js';
import { askOnce, forget } from './loads.js';
import { ruleOf } from './names.js';
import { pairButton } from './pairButton.js';
import { listText, rank, tallyMarks, verdictMark } from './verdicts.js';

/**
 * @typedef {{ school: string, school_name?: string, school_street?: string, venue: string, venue_name?: string, street?: string,
 *   category_name?: string, rule: string, rule_name?: string, was: string | null, now: string | null, why: string[] }} Change
 * @typedef {{ from: string, to: string, changes: Change[] }} Changes
 * @typedef {{ run: string | number, at: string, day: string, tally: import('./types.js').Tally }} Run
 */

export const runs = /** @type {Loader<{ runs: Run[] }>} */ (new Loader());
export const changes = /** @type {Loader<Changes>} */ (new Loader());

export const changesSignals = [runs.signal, changes.signal];

/** Changes drawn before all are asked for. */
const firstRows = 60;
let allShown = false;
const newRun = attempts();
let runsMade = 0;

/** The days compared: those of the address, else the last two on which something was computed. */
function days() {
  const known = [...new Set((runs.data?.runs ?? []).map(({ day }) => day))].sort();
  const to = state().to || known.at(-1) || todayText();
  return { from: state().from || known.filter((day) => day < to).at(-1) || to, to };
}

export function loadChanges() {
  askOnce(runs, '/api/perimeters/runs', { street: streetCode() });
  if (!runs.data) return;
  const { from, to } = days();
  if (from > to) return;
  askOnce(changes, '/api/perimeters/changes', { street: streetCode(), from, to });
}

runs.signal.subscribe(({ loading, data }) => {
  if (!loading && data && state().area === 'perimeters' && state().section === 'changes') loadChanges();
});

/** What was different then, and why. */
export const changesSection = () => [
  h('p', { class: 'quiet' }, t('changesHint')),
  holds('planner') || holds('admin') ? actButton({ key: 'per-run', text: t('runNow'), run: makeRun }) : null,
  dates(),
  ...loadedContent(runs, runList, { rows: 2 }),
  ...(runs.data?.runs.length ? loadedContent(changes, changeList, { rows: 6 }) : []),
];

async function makeRun() {
  const street = streetCode();
  const made = /** @type {Run} */ (
    await send('POST', '/api/perimeters/runs', { id: newRun([street, runsMade]), street })
  );
  runsMade++;
  announce(t('runMade', { at: timeText(made.at) }));
  forget(changes);
  forget(runs);
  loadChanges();
}

function dates() {
  const { from, to } = days();
  const date = (/** @type {'from' | 'to'} */ name, /** @type {string} */ label, /** @type {string} */ value) =>
    h(
      'label',
      null,
      h('span', null, label),
      h('input', {
        type: 'date',
        value,
        data: { focus: `changes-${name}` },
        on: { change: (/** @type {any} */ event) => event.target.value && set({ [name]: event.target.value }) },
      }),
    );
  return h(
    'div',
    null,
    h('div', { class: 'date-row' }, date('from', t('changesFrom'), from), date('to', t('changesTo'), to)),
    from > to ? h('p', { class: 'hint', role: 'alert' }, t('datesReversed')) : null,
  );
}

/** @param {{ runs: Run[] }} data */
const runList = ({ runs: made }) =>
  made.length === 0
    ? [h('p', { class: 'message' }, t('noRuns'))]
    : [
        h(
          'details',
          { class: 'more-filters' },
          h('summary', { data: { focus: 'changes-runs' } }, t('runsN', { n: numberText(made.length) })),
          h(
            'ul',
            { class: 'rows' },
            ...made.slice(0, 40).map(({ at, day, tally }) =>
              h(
                'li',
                null,
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'row',
                    data: { focus: `run-${day}-${at}` },
                    on: { click: () => set({ to: day }) },
                  },
                  h('span', { class: 'row-main' }, timeText(at)),
                  h('span', { class: 'row-end' }, tallyMarks(tally)),
                ),
              ),
            ),
          ),
        ),
      ];

/** @param {Changes} data */
function changeList(data) {
  const sorted = [...data.changes].sort(
    (a, b) => rank(a.now ?? '') - rank(b.now ?? '') || rank(a.was ?? '') - rank(b.was ?? ''),
  );
  const worse = sorted.filter(({ now }) => now === 'violating').length;
  if (sorted.length === 0)
    return [
      h(
        'p',
        { class: 'message', role: 'status', data: { changes: '0' } },
        data.from === data.to ? t('sameDay', { day: data.to }) : t('noChanges', { from: data.from, to: data.to }),
      ),
    ];
  const shown = allShown ? sorted : sorted.slice(0, firstRows);
  return [
    h(
      'h3',
      { class: 'section-title', data: { changes: String(sorted.length) } },
      t('changesN', { n: numberText(sorted.length), worse: numberText(worse) }),
    ),
    h('ul', { class: 'rows changes' }, ...shown.map((change) => h('li', null, changeRow(change)))),
    shown.length < sorted.length
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { focus: 'changes-all' },
            on: {
              click: () => {
                allShown = true;
                changes.signal.set(changes.signal.value);
              },
            },
          },
          t('showAllN', { n: numberText(sorted.length) }),
        )
      : null,
  ];
}

/** @param {Change} change */
function changeRow(change) {
  const street = change.street ?? streetCode();
  const key = keyOf(change.school_street ?? street, change.school, street, change.venue);
  return pairButton(
    key,
    `change-${key}-${change.rule}`,
    'change-row',
    h(
      'span',
      { class: 'row-main' },
      h(
        'span',
        { class: 'row-title', dir: 'auto' },
        `${change.venue_name ?? change.venue} — ${change.school_name ?? change.school}`,
      ),
      h(
        'span',
        { class: 'flip-turn' },
        change.was ? verdictMark(change.was) : h('span', { class: 'quiet' }, t('wasNothing')),
        h('span', { 'aria-hidden': 'true' }, '→'),
        h('span', { class: 'visually-hidden' }, t('becomes')),
        change.now ? verdictMark(change.now) : h('span', { class: 'quiet' }, t('isNothing')),
      ),
      h(
        'span',
        { class: 'row-note', dir: 'auto' },
        `${t('whyIs', { why: listText(change.why.map((each) => tCode('why', each))) || '—' })} · ${ruleOf(change)}`,
      ),
    ),
  );
}
