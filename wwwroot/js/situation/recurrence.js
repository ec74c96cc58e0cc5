// @ts-check
import { h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { numberText, t, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { areaName, categoryName, gridShort } from '../names.js';
import { set, state } from '../state.js';
import { ask } from './loads.js';
import { whole } from './parts.js';
import { issuesQuery } from './question.js';

/**
 * @typedef {{ earlier: { id: string, code: string | null }, later: { id: string, code: string | null }, category: string,
 *   days: number, metres: number, community: string | null, grid: string | null }} Recurring
 * @typedef {{ lon: number, lat: number, category: string, times: number, last: string, issues: { id: string, code: string | null }[] }} RecurrencePlace
 * @typedef {{ recurring: Recurring[], places: RecurrencePlace[], n: number, followed: number, rate: number | null }} Recurrence
 */

const recurrence = /** @type {Loader<Recurrence>} */ (new Loader());

/** Places listed. */
const most = 30;

/** Problems that came back after they had been closed. */
export const recurrenceSection = {
  key: 'recurrence',
  signals: [recurrence.signal],
  load: () => {
    const { state: _, shift: __, ...query } = issuesQuery(state());
    ask(recurrence, '/api/recurrence', { ...query, days: state().recurDays, metres: state().recurMetres });
  },
  content: () => {
    const { loading, data, problem } = recurrence.signal.value;
    const { recurDays, recurMetres } = state();
    return [
      h(
        'div',
        { class: 'select-pair' },
        whole(t('withinDays'), 'recurDays', recurDays, { min: 1, max: 365, unit: t('daysUnit') }),
        whole(t('withinMetres'), 'recurMetres', recurMetres, { min: 1, max: 1000, unit: t('metres') }),
      ),
      problem ? problemBox(problem, () => void recurrence.again()) : null,
      !data && loading ? skeleton(5) : null,
      ...(data && !problem ? rows(data) : []),
    ];
  },
};

/** @param {Recurrence} data */
function rows(data) {
  const says = t('recurrenceSays', {
    n: numberText(data.n),
    followed: numberText(data.followed),
    rate: data.rate === null || data.rate === undefined ? '—' : `${numberText(data.rate * 100, 1)}%`,
    days: state().recurDays,
    metres: state().recurMetres,
  });
  if (data.n === 0) return [h('p', { class: 'explanation' }, says), emptyBox(t('noRecurrence'))];
  const grids = new Map(
    data.recurring.map(({ later, community, grid }) => [
      later.id,
      `${areaName(community)} ${grid ? gridShort(grid) : ''}`,
    ]),
  );
  const places = [...data.places].sort((a, b) => b.times - a.times || (a.last < b.last ? 1 : -1));
  return [
    h('p', { class: 'explanation' }, says),
    list(
      places.slice(0, most).map(({ category, times, last, issues }) => {
        const { id } = issues[issues.length - 1];
        return rowButton({
          key: `issue:${id}`,
          title: categoryName(category),
          note: [
            issues.map((each) => grids.get(each.id)).find(Boolean),
            t('lastOn', { day: timeText(last).slice(0, 10) }),
          ]
            .filter(Boolean)
            .join(' · '),
          end: t('timesN', { n: times }),
          open: () => set({ selected: `issue:${id}` }),
          hover: (on) => set({ hover: on ? `issue:${id}` : '' }),
        });
      }),
    ),
    places.length > most ? h('p', { class: 'quiet' }, t('moreRows', { n: places.length - most })) : null,
  ];
}
