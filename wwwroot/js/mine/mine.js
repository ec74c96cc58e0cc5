// @ts-check
import { getAll } from '../api.js';
import { position } from '../device/position.js';
import { anchorOf } from '../geo/places.js';
import { distanceTo } from '../geo/distance.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { onSent, queue } from '../queue/queue.js';
import { state } from '../state.js';

/** The points of whoever is signed in, and what is due at them. */

/**
 * @typedef {import('../types.js').Feature} Feature
 * @typedef {'overdue' | 'today' | 'upcoming' | 'done' | 'none'} Due
 */

export const mine = /** @type {Loader<Feature[]>} */ (new Loader());

/** @param {boolean} [forget] another street */
export const loadMine = (forget = false) =>
  mine.load(
    async (signal) =>
      (await getAll('/api/points', { street: streetCode(), assignee: 'me', limit: 50000 }, signal)).features,
    { forget },
  );

/** The order of the day. @type {readonly Due[]} */
export const dues = Object.freeze(['overdue', 'today', 'upcoming', 'done', 'none']);

/** @returns {Set<string>} point and shift of visits that are made but still on this device */
const visitedHere = () =>
  new Set(
    queue.value
      .filter(({ kind, state: how, body }) => kind === 'visit' && how !== 'sent' && body.result !== 'unreachable')
      .map(({ body }) => `${body.street}:${body.point}:${body.shift}`),
  );

/** @typedef {{ shift: import('../visit/draft.js').Shift, every_days: number, last_visit: string | null, due: string, status: Due }} ShiftDue */

/** @param {Feature} feature @returns {ShiftDue[]} what each shift asks; a finished visit counts before it is sent */
export function shiftsOf({ properties }) {
  const here = visitedHere();
  return (properties.shifts ?? []).map((/** @type {ShiftDue} */ each) =>
    here.has(`${streetCode()}:${properties.code}:${each.shift}`) ? { ...each, status: 'done' } : each,
  );
}

/** What decides of several shifts: the worst. @type {readonly Due[]} */
const worst = Object.freeze(['overdue', 'today', 'done', 'upcoming']);

/** @param {Feature} feature @returns {Due} of the shift that is looked at, or of all */
export function dueOf(feature) {
  const { shift } = state();
  const statuses = shiftsOf(feature)
    .filter((each) => shift === '' || each.shift === shift)
    .map(({ status }) => status);
  return worst.find((each) => statuses.includes(each)) ?? 'none';
}

/** @type {Readonly<Record<string, (feature: Feature, now: import('../state.js').State) => boolean>>} */
const tests = Object.freeze({
  due: (feature, { due }) => due === '' || dueOf(feature) === due,
  types: ({ properties }, { types }) => types.length === 0 || types.includes(properties.type),
  shift: (feature, { shift }) => shift === '' || shiftsOf(feature).some((each) => each.shift === shift),
});

/** @param {string} [but] a filter to leave out, for the counts beside its own options @returns {Feature[]} */
export function filteredMine(but = '') {
  const active = Object.entries(tests).filter(([name]) => name !== but);
  return (mine.data ?? []).filter((feature) => active.every(([, test]) => test(feature, state())));
}

/** @param {Feature} feature @returns {number | null} metres from the device, null while it does not say where it is */
export function distanceFromHere(feature) {
  const { fix } = position.value;
  return fix ? distanceTo([fix.lon, fix.lat], feature.geometry) : null;
}

/** @returns {Feature[]} what is late first, then today's; within these the nearest first */
export function sortedMine() {
  const rank = (/** @type {Feature} */ feature) => dues.indexOf(dueOf(feature));
  return filteredMine()
    .map((feature) => ({ feature, rank: rank(feature), metres: distanceFromHere(feature) ?? 0 }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.metres - b.metres ||
        String(a.feature.properties.due ?? '').localeCompare(String(b.feature.properties.due ?? '')) ||
        String(a.feature.properties.code).localeCompare(String(b.feature.properties.code)),
    )
    .map(({ feature }) => feature);
}

/** @param {string} code @returns {import('../types.js').LonLat | null} */
export function placeOfMine(code) {
  const feature = mine.data?.find(({ properties }) => properties.code === code);
  return feature ? anchorOf(feature) : null;
}

onSent(({ kind }) => {
  if (kind === 'visit' && mine.data) void loadMine();
});
