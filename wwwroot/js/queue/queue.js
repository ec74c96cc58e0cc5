// @ts-check
import { Signal } from '../loaded.js';
import { session } from '../session/session.js';
import { sendItem } from './sendItem.js';
import { store } from './store.js';

/** @typedef {import('./store.js').Item} Item */

/** What this person's device has made and not yet sent, oldest first, then what was sent last. */
export const queue = new Signal(/** @type {readonly Item[]} */ ([]));

/** Runs after an item has reached the service. @type {((item: Item, answer: any) => void)[]} */
const sentListeners = [];

/** @param {(item: Item, answer: any) => void} run */
export function onSent(run) {
  sentListeners.push(run);
}

/** Sent items that are still listed, so that a person sees that it worked. */
const sentKept = 5;
/** Waits between tries, in milliseconds; the last one repeats. */
const waits = [5_000, 15_000, 60_000, 300_000];

const mine = () => session.value?.accountId ?? '';

export async function refresh() {
  const all = await store.items.orderBy('made').toArray();
  const own = all.filter(({ account }) => account === mine());
  const sent = own.filter(({ state }) => state === 'sent').sort((a, b) => b.sentAt - a.sentAt);
  await store.items.bulkDelete(sent.slice(sentKept).map(({ id }) => id));
  queue.set(Object.freeze([...own.filter(({ state }) => state !== 'sent'), ...sent.slice(0, sentKept)]));
}

export const unsentCount = async () =>
  (await store.items.where({ account: mine(), state: 'waiting' }).count()) +
  (await store.items.where({ account: mine(), state: 'refused' }).count());

/**
 * Keeps a finished report or visit on the device and starts sending. The id is its own, so once more is still once.
 * @param {Pick<Item, 'id' | 'kind' | 'title' | 'body' | 'photos' | 'draft'>} made
 * @returns {Promise<void>} settled when it is kept; it is sent after that
 * @throws when the device cannot keep it, for example because it has no room left
 */
export async function enqueue(made) {
  await store.items.put({
    ...made,
    account: mine(),
    made: Date.now(),
    state: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    sentAt: 0,
  });
  await refresh();
  void work();
}

/** @param {string} id */
export async function retry(id) {
  await store.items.update(id, { state: 'waiting', notBefore: 0, problem: null });
  await refresh();
  await work();
}

/** Takes an unsent item off the device, with its photos. @param {Item} item */
export async function discard(item) {
  await store.transaction('rw', store.items, store.photos, async () => {
    await store.photos.bulkDelete(item.photos.map(({ key }) => key));
    await store.items.delete(item.id);
  });
  await refresh();
}

/** Gives an unsent item back to its form: it leaves the queue, its photos stay. @param {Item} item */
export async function takeBack(item) {
  await store.items.delete(item.id);
  await refresh();
}

let again = false;
let working = false;
let timer = 0;

/** Sends what waits, one after the other; a failing one never holds up the next. Only one tab of the browser does it. */
export async function work() {
  again = true;
  if (working || !session.value) return;
  working = true;
  try {
    while (again) {
      again = false;
      await (navigator.locks ? navigator.locks.request('geocivic-queue', pass) : pass());
    }
  } finally {
    working = false;
  }
  plan();
}

async function pass() {
  await refresh();
  for (const item of queue.value) {
    if (item.state !== 'waiting' || item.notBefore > Date.now()) continue;
    const outcome = await sendItem(item);
    if (outcome.done) {
      await store.transaction('rw', store.items, store.photos, async () => {
        await store.photos.bulkDelete(item.photos.map(({ key }) => key));
        await store.items.update(item.id, { state: 'sent', sentAt: Date.now(), problem: null });
      });
      await refresh();
      for (const run of sentListeners) run(item, outcome.answer);
      continue;
    }
    const wait = outcome.wait ?? waits[Math.min(item.tries, waits.length - 1)];
    await store.items.update(item.id, {
      state: outcome.refused ? 'refused' : 'waiting',
      tries: item.tries + 1,
      notBefore: Date.now() + wait,
      problem: outcome.problem,
    });
    await refresh();
    if (outcome.offline) break;
  }
}

/** Wakes up for the next item whose wait is over. */
function plan() {
  clearTimeout(timer);
  const waiting = queue.value.filter(({ state }) => state === 'waiting');
  if (!waiting.length) return;
  const next = Math.min(...waiting.map(({ notBefore }) => notBefore));
  timer = setTimeout(() => void work(), Math.max(1_000, next - Date.now()));
}

/** Tries everything at once again, as when the network is back. */
async function hurry() {
  await store.items.where({ account: mine(), state: 'waiting' }).modify({ notBefore: 0 });
  await work();
}

/** Begins with what earlier visits of this device left. */
export function startQueue() {
  addEventListener('online', () => void hurry());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void work();
  });
  void hurry();
}
