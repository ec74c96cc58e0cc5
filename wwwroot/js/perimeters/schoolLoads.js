// @ts-check
import { get } from '../api.js';
import { Loader } from '../loaded.js';
import { state, subscribe } from '../state.js';
import { codesOf, keyOf } from './keys.js';
import { allRows, askOnce, base, isOpen, perimetersChanged } from './loads.js';
import { pairsOf } from './rows.js';

/** @typedef {import('./types.js').Pair} Pair @typedef {import('./types.js').Network} Network */

/** All venues near the school that is open, the compliant too. */
export const detail = /** @type {Loader<{ school: string, day: string, network: Network, pairs: Pair[] }>} */ (
  new Loader()
);

/** Everything on the evidence sheet of the pair that is open. */
export const evidence = /** @type {Loader<any>} */ (new Loader());

/** The codes of the school that is open, or of the pair's. @returns {string[] | null} street and code */
export function openSchool() {
  const { selected } = state();
  const codes = codesOf(selected.slice(selected.indexOf(':') + 1));
  if (selected.startsWith('perimeter:') && codes.length === 2) return codes;
  return selected.startsWith('pair:') && codes.length === 4 ? codes.slice(0, 2) : null;
}

/** @returns {{ schoolStreet: string, school: string, street: string, venue: string } | null} */
export function openPair() {
  const { selected } = state();
  const codes = codesOf(selected.slice(selected.indexOf(':') + 1));
  if (!selected.startsWith('pair:') || codes.length !== 4) return null;
  return { schoolStreet: codes[0], school: codes[1], street: codes[2], venue: codes[3] };
}

/** What the service is asked for the sheet of a pair; the same for the page and for the file. */
export const evidenceQuery = () => {
  const pair = openPair();
  return {
    school: pair?.school,
    venue: pair?.venue,
    street: pair?.street,
    school_street: pair?.schoolStreet === pair?.street ? '' : pair?.schoolStreet,
    on: state().pOn,
  };
};

function load() {
  if (!isOpen()) return;
  const codes = openSchool();
  if (codes) {
    const [street, code] = codes;
    const key = keyOf(street, code);
    if (detail.data && detail.data.school !== key) detail.signal.set({ loading: true, data: null, problem: null });
    const query = { ...base(), school: code };
    askOnce(detail, '/api/perimeters/compliance', { ...query, of: street }, async (signal) => {
      const page = await allRows(query, signal);
      // Codes are a street's own: another street's school of the same code is another school.
      return {
        ...page,
        school: key,
        pairs: pairsOf(page.rows.filter((/** @type {import('./types.js').Row} */ row) => row.school_street === street)),
      };
    });
  }
  if (openPair()) {
    const query = evidenceQuery();
    const asked = JSON.stringify(query);
    if (evidence.data && evidence.data.asked !== asked)
      evidence.signal.set({ loading: true, data: null, problem: null });
    askOnce(evidence, '/api/perimeters/evidence', query, async (signal) => ({
      ...(await get('/api/perimeters/evidence', query, signal)),
      asked,
    }));
  }
}

/** Follows what is selected. */
export function followSchool() {
  subscribe(['area', 'selected', 'pOn', 'street'], load);
  perimetersChanged.subscribe(load);
}
