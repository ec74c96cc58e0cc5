// @ts-check
import { h } from '../dom.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { areaName } from '../names.js';
import { state } from '../state.js';
import { ask } from './loads.js';
import { heatChart } from './heatChart.js';
import { issuesQuery } from './question.js';

/**
 * @typedef {{ hours: number[][], total: number, byShift: Record<string, number>,
 *   schoolPeak: { n: number, share: number | null, expectedShare: number, ratio: number | null, windows?: import('./heatChart.js').Stretch[] } }} Profile
 */

const profile = /** @type {Loader<Profile>} */ (new Loader());

/** The area that a profile is of: the one chosen in the address, or the whole street. */
function area() {
  const [level, code] = state().within.split(':');
  return level === 'community' || level === 'grid' ? { level, code } : null;
}

/** Hour by weekday, as a picture and as a table. */
export const profileSection = {
  key: 'profile',
  signals: [profile.signal],
  load: () => {
    const of = area();
    ask(profile, '/api/profiles', { ...issuesQuery(state()), shift: '', ...(of ? { [of.level]: of.code } : {}) });
  },
  content: () => {
    const { loading, data, problem } = profile.signal.value;
    if (problem) return [problemBox(problem, () => void profile.again())];
    if (!data) return [loading ? skeleton(6) : null];
    const of = area();
    const { schoolPeak: peak, byShift } = data;
    const share = (/** @type {number} */ part) => `${numberText(part * 100, 1)}%`;
    return [
      h(
        'h3',
        { class: 'small-title' },
        t('profileTitle', { area: of ? areaName(of.code) : t('wholeStreet'), n: numberText(data.total) }),
      ),
      heatChart(data.hours, peak.windows ?? []),
      h(
        'p',
        { class: 'explanation' },
        t('peakSays', {
          n: numberText(peak.n),
          share: share(peak.share ?? 0),
          expected: share(peak.expectedShare),
          ratio: peak.ratio === null || peak.ratio === undefined ? '—' : numberText(peak.ratio, 2),
        }),
      ),
      h(
        'dl',
        { class: 'figures' },
        ...['day', 'night', 'school_peak'].map((each) =>
          h(
            'div',
            { class: 'figure' },
            h('dt', { class: 'figure-label' }, tCode('shift', each)),
            h('dd', { class: 'figure-value' }, numberText(byShift[each] ?? 0)),
          ),
        ),
      ),
      hoursTable(data.hours),
    ];
  },
};

/** @param {number[][]} hours seven days, Monday first */
function hoursTable(hours) {
  const label = t('profileTable');
  return h(
    'details',
    { class: 'more-options', data: { twin: 'profile' } },
    h('summary', { data: { focus: 'profile-table' } }, label),
    h(
      'div',
      { class: 'records-scroll', tabindex: 0, role: 'region', 'aria-label': label },
      h(
        'table',
        { class: 'plain records hours' },
        h('caption', { class: 'visually-hidden' }, label),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, t('hour')),
            ...hours.map((_, day) => h('th', { scope: 'col', class: 'is-number' }, tCode('weekday', String(day + 1)))),
          ),
        ),
        h(
          'tbody',
          null,
          ...Array.from({ length: 24 }, (_, hour) =>
            h(
              'tr',
              null,
              h('th', { scope: 'row' }, `${String(hour).padStart(2, '0')}:00`),
              ...hours.map((day) => h('td', { class: 'is-number' }, numberText(day[hour] ?? 0))),
            ),
          ),
        ),
      ),
    ),
  );
}
