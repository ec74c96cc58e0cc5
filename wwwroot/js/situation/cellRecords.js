// @ts-check
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { issueRow, list } from '../frame/parts.js';
import { t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { set } from '../state.js';

/** @typedef {import('../types.js').Features} Features */

/** Rows listed. */
const most = 50;

/**
 * The issues that were counted in a cell, where the ledger cannot list just them (it knows neither hexagons nor shifts).
 * @param {string} address of the service, as the explanation gives it
 */
export function cellRecords(address) {
  const loader = /** @type {Loader<Features>} */ (new Loader());
  const rows = h('div');
  const draw = () => {
    const { loading, data, problem } = loader.signal.value;
    if (problem)
      return fill(
        rows,
        problemBox(problem, () => void loader.again(), ''),
      );
    if (!data) return fill(rows, loading ? skeleton(4) : null);
    fill(
      rows,
      list(
        data.features.slice(0, most).map(({ id, properties }) => {
          const issue = /** @type {any} */ ({ ...properties, id: String(properties.id ?? id) });
          return issueRow(issue, () => set({ selected: `issue:${issue.id}` }));
        }),
      ),
      data.features.length > most || data.next ? h('p', { class: 'quiet' }, t('moreThan', { n: most })) : null,
    );
  };
  loader.signal.subscribe(draw);
  return h(
    'details',
    {
      class: 'more-options',
      on: {
        toggle: (/** @type {any} */ event) => {
          const { data, loading } = loader.signal.value;
          if (event.target.open && !data && !loading) void loader.load((signal) => get(address, {}, signal));
        },
      },
    },
    h('summary', { data: { focus: 'cell-records' } }, t('recordsBehind')),
    rows,
  );
}
