// @ts-check
import { ApiProblem, latestOnly } from './api.js';

/**
 * What a slice has loaded. The old data stays while the new is on its way, and when it fails.
 * @template T
 * @typedef {{ loading: boolean, data: T | null, problem: ApiProblem | null }} Loaded
 */

/** A value with subscribers. @template T */
export class Signal {
  /** @param {T} value */
  constructor(value) {
    this.value = value;
    /** @type {((value: T) => void)[]} */
    this.listeners = [];
  }

  /** @param {T} value */
  set(value) {
    this.value = value;
    for (const run of [...this.listeners]) run(value);
  }

  /** @param {(value: T) => void} run */
  subscribe(run) {
    this.listeners.push(run);
  }
}

/**
 * Loads one thing at a time; a newer load overtakes an older one.
 * @template T
 */
export class Loader {
  constructor() {
    /** @type {Signal<Loaded<T>>} */
    this.signal = new Signal(/** @type {Loaded<T>} */ ({ loading: false, data: null, problem: null }));
    this.latest = latestOnly();
    /** @type {(() => Promise<void>)} repeats the last load */
    this.again = async () => {};
  }

  get data() {
    return this.signal.value.data;
  }

  /** @param {(signal: AbortSignal) => Promise<T>} run @param {{ forget?: boolean }} [how] forget: the old data is about something else */
  async load(run, { forget = false } = {}) {
    this.again = () => this.load(run);
    const { data } = this.signal.value;
    this.signal.set({ loading: true, data: forget ? null : data, problem: null });
    try {
      const loaded = await this.latest(run);
      if (loaded !== undefined) this.signal.set({ loading: false, data: loaded, problem: null });
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      this.signal.set({ ...this.signal.value, loading: false, problem: reason });
    }
  }
}
