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

/**
 * A list of issues that grows by pages.
 * @typedef {{ rows: Feature[], matched: number, next: string | null }} Page
 */
export class CaseList {
  /** @param {() => import('../api.js').Query} query @param {string} [path] */
  constructor(query, path = '/api/issues') {
    this.query = query;
    this.path = path;
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
    const answer = await get(this.path, { limit: pageSize, ...this.query(), cursor }, signal);
    const rows = [...before, ...answer.features];
    return { rows, matched: answer.numberMatched ?? rows.length, next: answer.next ?? null };
  }
}
