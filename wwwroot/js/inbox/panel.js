// @ts-check
import { CaseList } from '../cases/cases.js';
import { caseRow } from '../cases/rows.js';
import { urgency } from '../deadline.js';
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { list } from '../frame/parts.js';
import { numberText, t } from '../i18n/index.js';
import { issuesChanged } from '../issue/issue.js';
import { areasNamed, streetCode } from '../names.js';
import { loadedContent } from '../parts/records.js';
import { session } from '../session/session.js';
import { state, subscribe } from '../state.js';

/** @typedef {import('../types.js').Feature} Feature */

/** States in which the lead body has the next step. */
const mineToDo = ['dispatched', 'extended', 'replied'];

/** What waits for the body of whoever is signed in, soonest deadline first. */
export const inbox = new CaseList(() => ({ street: streetCode(), mine: true, open: true, limit: 500 }));

/** @param {HTMLElement} box */
export function buildInbox(box) {
  const render = () => {
    if (state().area !== 'inbox') return;
    fill(
      box,
      h(
        'h2',
        { class: 'section-title' },
        t('area_inbox'),
        h('span', { class: 'section-note', dir: 'auto' }, bodyNames()),
      ),
      ...loadedContent(inbox.loader, ({ rows }) => content(rows), {
        rows: 6,
        empty: ({ rows }) => rows.length === 0,
        emptyTitle: t('inboxEmpty'),
        emptyHint: t('inboxEmptyHint'),
      }),
    );
  };
  const load = () => {
    if (state().area === 'inbox') void inbox.load();
  };
  subscribe(['area', 'street'], load);
  subscribe(['area', 'lang'], render);
  inbox.loader.signal.subscribe((now) => {
    render();
    if (now.loading || !now.data || state().area !== 'inbox') return;
    const waiting = groups(now.data.rows).filter(({ key }) => key !== 'others');
    announce(t('inboxCount', { n: waiting.flatMap(({ rows }) => rows).length }));
  });
  areasNamed.subscribe(render);
  issuesChanged.subscribe(load);
  render();
  load();
}

const handled = () => (session.value?.roles ?? []).filter(({ role }) => role === 'handler');

const bodyNames = () => [...new Set(handled().map((held) => held.bodyName ?? held.body))].filter(Boolean).join('、');

/** @param {Feature[]} rows @returns {{ key: 'overdue' | 'today' | 'later' | 'others', rows: Feature[] }[]} */
function groups(rows) {
  const bodies = handled().map(({ body }) => body);
  const sorted = [...rows].sort((a, b) => dueOf(a) - dueOf(b));
  const of = (/** @type {Feature} */ { properties: p }) => {
    const cooperating = !bodies.includes(p.lead_body);
    if (!cooperating && !mineToDo.includes(p.state)) return 'others';
    const when = p.overdue ? 'overdue' : urgency(p.due_at);
    return when === 'none' ? 'later' : when;
  };
  return /** @type {const} */ (['overdue', 'today', 'later', 'others']).map((key) => ({
    key,
    rows: sorted.filter((row) => of(row) === key),
  }));
}

/** @param {Feature} feature milliseconds, without a deadline last */
const dueOf = ({ properties }) => (properties.due_at ? Date.parse(properties.due_at) : Infinity);

/** @param {Feature[]} rows */
function content(rows) {
  const all = groups(rows);
  return [
    h(
      'dl',
      { class: 'figures' },
      ...all
        .slice(0, 3)
        .map(({ key, rows: some }) =>
          h(
            'div',
            { class: `figure is-${key}` },
            h('dt', { class: 'figure-label' }, t(`inbox_${key}`)),
            h('dd', { class: 'figure-value' }, numberText(some.length)),
          ),
        ),
    ),
    ...all
      .filter(({ rows: some }) => some.length)
      .flatMap(({ key, rows: some }) => [
        h('h3', { class: `small-title is-${key}` }, `${t(`inbox_${key}`)} ${numberText(some.length)}`),
        list(some.map(caseRow)),
      ]),
  ];
}
