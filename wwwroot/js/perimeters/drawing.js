// @ts-check
import { areaOf, partsOf, troubleOf } from '../geo/rings.js';
import { keyOf } from './keys.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Geometry} Geometry */
/** @typedef {import('./types.js').Gate} Gate @typedef {import('../geo/rings.js').Part} Part */
/** @typedef {{ campus: Geometry, gates: readonly Gate[] }} Shape */
/** @typedef {'wall' | 'gates'} What @typedef {'map' | 'panel' | 'undo'} By */

/** A campus and its gates as they are being drawn: every change is one step that can be taken back. */
export class Drawing {
  /** @type {Shape[]} */
  #past = [];

  /** @type {((what: readonly What[], by: By) => void)[]} */
  #listeners = [];

  /** @param {Feature} feature of a school */
  constructor({ geometry, properties: { code, street, revision, gates = [] } }) {
    this.key = keyOf(street, code);
    this.code = code;
    this.street = street;
    this.revision = revision;
    /** @type {Shape} */
    this.now = { campus: structuredClone(geometry), gates: structuredClone(gates) };
  }

  get campus() {
    return this.now.campus;
  }

  get gates() {
    return this.now.gates;
  }

  /** Parts of the campus with their holes; none while it is a point. */
  get parts() {
    return partsOf(this.campus);
  }

  /** How many steps can be taken back. */
  get steps() {
    return this.#past.length;
  }

  get trouble() {
    return troubleOf(this.parts);
  }

  /** @param {(what: readonly What[], by: By) => void} run */
  subscribe(run) {
    this.#listeners.push(run);
  }

  /** @param {Geometry} campus @param {By} by who changed it and shows it already */
  setCampus(campus, by) {
    this.#step({ ...this.now, campus }, ['wall'], by);
  }

  /** @param {readonly Part[]} parts @param {By} by */
  setParts(parts, by) {
    this.setCampus(areaOf(parts), by);
  }

  /** @param {readonly Gate[]} gates @param {By} by */
  setGates(gates, by) {
    this.#step({ ...this.now, gates }, ['gates'], by);
  }

  /** @param {number} i @param {Partial<Gate>} change @param {By} by */
  changeGate(i, change, by) {
    this.setGates(
      this.gates.map((gate, j) => (j === i ? { ...gate, ...change } : gate)),
      by,
    );
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    const what = /** @type {What[]} */ ([
      before.campus !== this.campus && 'wall',
      before.gates !== this.gates && 'gates',
    ]).filter(Boolean);
    this.now = before;
    this.#tell(what, 'undo');
  }

  /** What is sent to be tried and what is saved are the same. */
  body() {
    return {
      campus: this.campus,
      gates: this.gates.map(({ code, name, lon, lat, main }) => ({ ...(code ? { code } : {}), name, lon, lat, main })),
    };
  }

  /** @param {Shape} shape @param {readonly What[]} what @param {By} by */
  #step(shape, what, by) {
    this.#past.push(this.now);
    this.now = shape;
    this.#tell(what, by);
  }

  /** @param {readonly What[]} what @param {By} by */
  #tell(what, by) {
    for (const run of this.#listeners) run(what, by);
  }
}
