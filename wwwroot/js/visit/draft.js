// @ts-check
import { Signal } from '../loaded.js';
import { streetCode } from '../names.js';
import { dropDraft, loadDraft, saveDraft } from '../queue/draft.js';

/** The visit being made. */

/**
 * @typedef {'ok' | 'bad' | 'na'} Mark
 * @typedef {'day' | 'night' | 'school_peak'} Shift
 * @typedef {Readonly<{ id: string, point: string, startedAt: number, shift: Shift, answers: Record<string, { answer: Mark, note: string }>,
 *   result: '' | 'ok' | 'problems' | 'unreachable', note: string, photos: import('../queue/store.js').PhotoRef[],
 *   fix: import('../device/position.js').Fix | null }>} Visit `result` '' : follows from the answers
 */

/** A visit left open longer than this starts again now; what was written stays. */
const freshMilliseconds = 12 * 3600_000;

/** @param {string} point @param {Shift} shift @returns {Visit} */
const empty = (point, shift) =>
  Object.freeze({
    id: crypto.randomUUID(),
    point,
    startedAt: Date.now(),
    shift,
    answers: {},
    result: '',
    note: '',
    photos: [],
    fix: null,
  });

export const visit = new Signal(/** @type {Visit | null} */ (null));

/** @param {string} point */
const nameOf = (point) => `visit:${streetCode()}:${point}`;

/** Goes on with the visit of this point, or begins it. @param {string} point @param {Shift} shift */
export async function openVisit(point, shift) {
  if (visit.value?.point === point) return;
  const kept = /** @type {Visit | null} */ (await loadDraft(nameOf(point)));
  const stale = kept !== null && Date.now() - kept.startedAt > freshMilliseconds;
  visit.set(
    Object.freeze({
      ...empty(point, shift),
      ...kept,
      ...(stale ? { startedAt: Date.now(), fix: null, shift } : {}),
    }),
  );
  if (visit.value) saveDraft(nameOf(point), visit.value);
}

/** @param {Partial<Visit>} patch */
export function changeVisit(patch) {
  if (!visit.value) return;
  visit.set(Object.freeze({ ...visit.value, ...patch }));
  if (visit.value) saveDraft(nameOf(visit.value.point), visit.value);
}

/** @param {{ keepPhotos: boolean }} how `keepPhotos`: they went into the queue */
export async function closeVisit({ keepPhotos }) {
  const { value } = visit;
  if (!value) return;
  visit.set(null);
  await dropDraft(nameOf(value.point), keepPhotos ? [] : value.photos);
}

/** @param {Visit} value @returns {boolean} whether something was found bad */
export const hasBad = ({ answers }) => Object.values(answers).some(({ answer }) => answer === 'bad');

/** @param {Visit} value @returns {'ok' | 'problems' | 'unreachable'} never fine while an answer is bad */
export const resultOf = (value) =>
  hasBad(value) && value.result !== 'unreachable' ? 'problems' : value.result || 'ok';

/**
 * @param {Visit} value @param {import('./checklist.js').Checklist | null} checklist
 * @returns {string[]} items without an answer
 */
export const unanswered = (value, checklist) =>
  resultOf(value) === 'unreachable'
    ? []
    : (checklist?.items ?? []).map(({ item }) => item).filter((item) => !(item in value.answers));

/**
 * @param {Visit} value @param {import('./checklist.js').Checklist | null} checklist @param {string} street
 * @returns {Record<string, any>} the body of the call, but for its photos
 */
export function bodyOf(value, checklist, street) {
  const { fix } = value;
  const known = new Set((checklist?.items ?? []).map(({ item }) => item));
  const answers = Object.entries(value.answers)
    .filter(([item]) => known.has(item))
    .map(([item, { answer, note }]) => ({ item, answer, ...(note.trim() ? { note: note.trim() } : {}) }));
  return {
    id: value.id,
    street,
    point: value.point,
    started_at: new Date(value.startedAt).toISOString(),
    ...(fix ? { lon: fix.lon, lat: fix.lat, accuracy_m: fix.accuracy } : {}),
    shift: value.shift,
    ...(checklist ? { checklist: checklist.code, version: checklist.version } : {}),
    answers: resultOf(value) === 'unreachable' ? [] : answers,
    result: resultOf(value),
    ...(value.note.trim() ? { note: value.note.trim() } : {}),
  };
}
