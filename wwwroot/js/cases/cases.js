// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state } from '../state.js';
import { caseQuery, facets } from './filters.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Features} Features @typedef {import('./filters.js').CountRow} CountRow */

/** Rows of one page of a list. */
export const pageSize = 100;

/** The counts behind every option of the filters. */
export const caseCounts = /** @type {Loader<CountRow[]>} */ (new Loader());

/** Counted under the filters that have no options of their own (place, days, words). */
export const loadCounts = () =>
  caseCounts.load(async (signal) => {
    const answer = await get('/api/issues/counts', caseQuery(state(), streetCode(), facets), signal);
    return /** @type {any} */ (answer).rows;
  });

/** What lists have in common, for whoever draws one. @typedef {{ loader: Loader<Page>, load: () => Promise<void>, more: () => Promise<void> }} List */

/**
 * A list of issues that grows by pages.
 * @typedef {{ rows: Feature[], matched: number, next: string | null }} Page
 */
export class CaseList {
  /** @param {() => import('../api.js').Query} query */
  constructor(query) {
    this.query = query;
    this.loader = /** @type {Loader<Page>} */ (new Loader());
  }

  /** @param {boolean} [forget] what is shown is about something else */
  load(forget = false) {
    return this.loader.load((signal) => this.page(null, [], signal), { forget });
  }

  more() {
    const now = this.loader.data;
    if (!now?.next) return Promise.resolve();
    return this.loader.load((signal) => this.page(now.next, now.rows, signal));
  }

  /** @param {string | null} cursor @param {Feature[]} before @param {AbortSignal} signal @returns {Promise<Page>} */
  async page(cursor, before, signal) {
    /** @type {Features} */
    const answer = await get('/api/issues', { limit: pageSize, ...this.query(), cursor }, signal);
    const rows = [...before, ...answer.features];
    return { rows, matched: answer.numberMatched ?? rows.length, next: answer.next ?? null };
  }
}

/** The ledger as it stood once: it comes as a whole and is shown by pages. */
export class PastList {
  /** @param {() => import('../api.js').Query} query */
  constructor(query) {
    this.query = query;
    this.loader = /** @type {Loader<Page>} */ (new Loader());
    /** @type {Feature[]} */
    this.all = [];
  }

  load() {
    return this.loader.load(async (signal) => {
      const { rows } = /** @type {{ rows: Record<string, any>[] }} */ (await get('/api/ledger', this.query(), signal));
      this.all = rows.map((row) => ({
        type: 'Feature',
        id: row.id,
        geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
        properties: row,
      }));
      return this.page(pageSize);
    });
  }

  async more() {
    this.loader.signal.set({
      loading: false,
      data: this.page((this.loader.data?.rows.length ?? 0) + pageSize),
      problem: null,
    });
  }

  /** @param {number} n @returns {Page} */
  page(n) {
    return { rows: this.all.slice(0, n), matched: this.all.length, next: n < this.all.length ? 'more' : null };
  }
}
