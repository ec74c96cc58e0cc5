// @ts-check
import { get, send } from '../api.js';
import { Loader, Signal } from '../loaded.js';

/**
 * @typedef {{ no: number, body: string, body_name: string, role: 'lead' | 'cooperating', state: string,
 *   dispatched_at: string, due_at: string | null, overdue: boolean, paused?: boolean | null,
 *   due_explanation?: { zh: string, en: string } | null, replied_at?: string | null, done_at?: string | null, mine?: boolean, calendar_changed?: boolean }} Task
 * @typedef {{ seq: number, recorded_at: string, occurred_at: string | null, actor: string | null, role: string | null,
 *   from: string | null, to: string | null, kind?: string | null, note: string | null, body: string | null, days?: number | null,
 *   photos?: string[] | null }} LifeEvent
 * @typedef {{ sha256: string, kind: string, orientation: number | null, width: number, height: number }} Photo
 * @typedef {{ id: string, kind: string, number: string | null, state: string, issued_at: string | null }} LetterLink
 * @typedef {{ to: string, requires: string[], photo_kind?: string | null }} Allowed
 * @typedef {import('../types.js').Feature} Feature
 */

/** The issue whose detail is open. */
export const issue = /** @type {Loader<Feature>} */ (new Loader());
/** The letters about it. */
export const letters = /** @type {Loader<LetterLink[]>} */ (new Loader());

/** Counts the changes made here; lists that show issues load again. */
export const issuesChanged = new Signal(0);

/**
 * The extension that was asked for and not yet decided: nothing has moved the issue since.
 * @param {Feature} feature @returns {LifeEvent | null}
 */
export function askedExtension({ properties: p }) {
  const asked = /** @type {LifeEvent[]} */ (p.events ?? []).findLast(
    ({ kind }) => kind === 'extension_request' || kind === 'transition',
  );
  return asked?.kind === 'extension_request' ? asked : null;
}

/** @param {string} id */
export function loadIssue(id) {
  void issue.load((signal) => get(`/api/issues/${encodeURIComponent(id)}`, {}, signal), { forget: true });
  void loadLetters(id, true);
}

/** @param {string} id @param {boolean} [forget] */
const loadLetters = (id, forget = false) =>
  letters.load(async (signal) => /** @type {any} */ (await get('/api/letters', { issue: id }, signal)).letters, {
    forget,
  });

/**
 * Sends one step and shows what the issue is then. Others may have acted meanwhile: the answer of 412 says so and the
 * issue is loaded again, with what was typed kept.
 * @param {Feature} feature @param {string} path behind the issue's address @param {Record<string, unknown>} body
 */
export async function act(feature, path, body) {
  /** @type {Feature} */
  const answer = await send('POST', `/api/issues/${encodeURIComponent(String(feature.properties.id))}/${path}`, body);
  changed();
  if (issue.data?.properties.id !== feature.properties.id) return answer;
  issue.signal.set({ loading: false, data: answer, problem: null });
  void loadLetters(String(answer.properties.id));
  return answer;
}

export const changed = () => issuesChanged.set(issuesChanged.value + 1);
