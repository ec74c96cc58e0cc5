// @ts-check
import { session } from '../session/session.js';
import { store } from './store.js';

/** Unfinished forms survive a reload, an ended session and an empty battery. One form per name and person. */

/** @param {string} name */
const keyOf = (name) => `${session.value?.accountId ?? ''}:${name}`;

/** @template T @param {string} name @returns {Promise<T | null>} */
export async function loadDraft(name) {
  return (await store.drafts.get(keyOf(name)))?.value ?? null;
}

/** @type {Map<string, number>} */
const timers = new Map();

/** Writes soon, so that typing does not write at every letter. @param {string} name @param {unknown} value */
export function saveDraft(name, value) {
  clearTimeout(timers.get(name));
  timers.set(
    name,
    setTimeout(() => {
      timers.delete(name);
      void store.drafts.put({ key: keyOf(name), account: session.value?.accountId ?? '', value, made: Date.now() });
    }, 250),
  );
}

/** The form was sent or given up. @param {string} name @param {readonly import('./store.js').PhotoRef[]} [photos] no longer wanted */
export async function dropDraft(name, photos = []) {
  clearTimeout(timers.get(name));
  timers.delete(name);
  await store.drafts.delete(keyOf(name));
  await store.photos.bulkDelete(photos.map(({ key }) => key));
}
