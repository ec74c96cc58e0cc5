// @ts-check
import { get } from '../api.js';
import { dayText } from '../deadline.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { roles } from '../session/session.js';
import { set, state } from '../state.js';

/**
 * @typedef {'weekly' | 'half_monthly' | 'monthly'} Kind
 * @typedef {{ key: string, subject: string, code: string, name: string, measure: string, value: number | null,
 *   previous: number | null, base: number | null, rank: number | null, grade: string | null, records: number }} Figure
 * @typedef {{ indicator: string, weight: number, zero_at: number, full_at: number }} Indicator
 * @typedef {{ own: boolean, version: number, min_tasks: number, grades: { excellent: number, good: number, fair: number },
 *   communities: Indicator[], bodies: Indicator[] }} Formula
 * @typedef {{ id: string | null, street: string, kind: Kind, status: 'draft' | 'issued', title: string, number: string | null,
 *   on: string, from: string, to: string, previous_from: string, previous_to: string, note: string[], made_at: string,
 *   issued_at: string | null, issuer: string | null, replaces: string | null, replaces_number: string | null,
 *   replaced_by: string | null, replaced_by_number: string | null }} Head
 * @typedef {Head & { formula: Formula, figures: Figure[], records: number }} Bulletin
 * @typedef {{ kind: Kind, status: 'issued' | 'today' | 'missing' | 'none', on: string, from: string, to: string, next: string }} Due
 * @typedef {{ weekday: number, due: Due[], bulletins: Head[] }} Shelf
 * @typedef {{ kind: 'issue' | 'task' | 'round' | 'photo' | 'veto', issue: string | null, point: string | null, code: string, title: string | null,
 *   category_name: string | null, community_name: string | null, body_name: string | null, state: string, state_name: string,
 *   started_at: string | null, due_at: string | null, ended_at: string | null, days: number | null, shift: string | null,
 *   expected: number | null, made: number | null }} BehindRecord
 * @typedef {{ indicator: string, key: string | null, value: number | null, base: number | null, points: number | null, weight: number }} Part
 * @typedef {{ figure: Figure, parts: Part[] | null, records: BehindRecord[] }} Behind
 */

export const kinds = /** @type {const} */ (['weekly', 'half_monthly', 'monthly']);

export const shelf = /** @type {Loader<Shelf>} */ (new Loader());
export const open = /** @type {Loader<Bulletin>} */ (new Loader());
export const behind = /** @type {Loader<Behind>} */ (new Loader());

export const loadShelf = () => shelf.load((signal) => get('/api/bulletins', { street: streetCode() }, signal));

/** Who makes and issues bulletins. */
export const mayIssue = () => roles().includes('supervisor');

/** Who changes the formula and the day. */
export const mayDecide = () => roles().includes('supervisor') || roles().includes('admin');

/**
 * Where in the work area somebody is, as the address has it:
 * nothing, `formula`, `new.KIND.DAY`, `new.KIND.DAY.ID` (a correction of that one) or `at.ID`; behind a `~` the figure looked into.
 */
export function place() {
  const [where, figure = ''] = state().section.split(/~(.*)/s);
  const [what, ...rest] = where.split('.');
  return {
    where,
    figure,
    what: ['formula', 'new', 'at'].includes(what) ? what : '',
    kind: what === 'new' ? /** @type {Kind} */ (rest[0]) : undefined,
    on: what === 'new' ? (rest[1] ?? '') : '',
    id: what === 'at' ? rest[0] : '',
    replaces: what === 'new' ? (rest[2] ?? '') : '',
  };
}

/** @param {string} where @param {string} [figure] */
export const go = (where, figure = '') =>
  set({ area: 'bulletin', section: figure ? `${where}~${figure}` : where, selected: '' });

/** @param {string} measure */
export const isShare = (measure) =>
  [
    'on_time_rate',
    'on_time_reply',
    'on_time_rectify',
    'cancellation_rate',
    'recurrence_rate',
    'same_day_entry',
    'visit_completion',
  ].includes(measure);

/** @param {string} measure @param {number | null | undefined} value */
export function valueText(measure, value) {
  if (value === null || value === undefined) return '—';
  if (isShare(measure)) return `${numberText(value * 100, 1)}%`;
  if (measure === 'score') return numberText(value, 2);
  return measure === 'overdue_per_point' ? numberText(value, 3) : numberText(value);
}

/** @param {string} measure */
export const measureName = (measure) => tCode('bm', measure);

/** @param {{ from: string, to: string }} days */
export const periodText = ({ from, to }) => t('bulletinPeriod', { from: dayText(from), to: dayText(to) });

/** @param {Kind} kind */
export const kindName = (kind) => tCode('bulletinKind', kind);
