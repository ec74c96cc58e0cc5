// @ts-check
import { dropDraft, loadDraft, saveDraft } from '../queue/draft.js';
import { Signal } from '../loaded.js';

/** The report being written. */

/**
 * @typedef {{ lon: number, lat: number, accuracy: number | null, source: 'device' | 'map' | 'point' }} Place
 * @typedef {Readonly<{ id: string, category: string, place: Place | null, photos: import('../queue/store.js').PhotoRef[],
 *   note: string, fixed: boolean, covert: boolean, building: string, floor: string, subPlace: string,
 *   point: string, pointName: string, back: string }>} Report `back`: the selection to return to when it is done
 */

const name = 'report';

/** @returns {Report} */
const empty = () =>
  Object.freeze({
    id: crypto.randomUUID(),
    category: '',
    place: null,
    photos: [],
    note: '',
    fixed: false,
    covert: false,
    building: '',
    floor: '',
    subPlace: '',
    point: '',
    pointName: '',
    back: '',
  });

export const report = new Signal(empty());

/** @param {Partial<Report>} patch */
export function changeReport(patch) {
  report.set(Object.freeze({ ...report.value, ...patch }));
  saveDraft(name, report.value);
}

export async function restoreReport() {
  const kept = await loadDraft(name);
  if (kept) report.set(Object.freeze({ ...empty(), .../** @type {any} */ (kept) }));
}

/**
 * Begins a new one.
 * @param {{ keep?: readonly import('../queue/store.js').PhotoRef[], patch?: Partial<Report> }} [how] `keep`: photos that went into the queue
 */
export async function newReport({ keep = [], patch = {} } = {}) {
  const gone = report.value.photos.filter((photo) => !keep.includes(photo));
  await dropDraft(name, gone);
  report.set(Object.freeze({ ...empty(), ...patch }));
  if (Object.keys(patch).length) saveDraft(name, report.value);
}

/** @param {Report} value @returns {import('../i18n/index.js').TextKey[]} what is still missing, in the order of the form */
export function missing({ category, place, photos, fixed }) {
  const has = (/** @type {string} */ kind) => photos.some((photo) => photo.kind === kind);
  return /** @type {import('../i18n/index.js').TextKey[]} */ (
    [
      category ? '' : 'needCategory',
      place ? '' : 'needPlace',
      fixed && !has('before') ? 'needBefore' : '',
      fixed && !has('after') ? 'needAfter' : '',
    ].filter(Boolean)
  );
}

/** @param {Report} value @param {string} street @returns {Record<string, any>} the body of the call, but for its photos */
export function bodyOf(value, street) {
  const place = /** @type {Place} */ (value.place);
  return {
    id: value.id,
    street,
    category: value.category,
    lon: place.lon,
    lat: place.lat,
    ...(place.accuracy === null ? {} : { accuracy_m: place.accuracy }),
    found_at: new Date().toISOString(),
    ...(value.note.trim() ? { description: value.note.trim() } : {}),
    ...(value.point ? { point: value.point } : {}),
    ...(value.building.trim() ? { building: value.building.trim() } : {}),
    ...(value.floor.trim() ? { floor: value.floor.trim() } : {}),
    ...(value.subPlace ? { sub_place: value.subPlace } : {}),
    ...(value.covert ? { covert: true } : {}),
    ...(value.fixed ? { fixed_on_spot: true } : {}),
  };
}
