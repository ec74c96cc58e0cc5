// @ts-check
import { dayText } from '../deadline.js';
import { h } from '../dom.js';
import { distanceText, t, tCode, timeText } from '../i18n/index.js';
import { holds } from '../session/session.js';
import { set } from '../state.js';
import { icon } from '../symbols/symbol.js';

/** What a point's detail says of visits: what is due, what reviewers wrote, who was here last. */

/** The one thing a worker does here. @param {any} p properties of the point */
export const visitButton = (p) =>
  holds('worker')
    ? h(
        'button',
        {
          type: 'button',
          class: 'button is-primary is-large is-wide start-visit',
          data: { focus: 'start-visit' },
          on: { click: () => set({ area: 'mine', selected: `visit:${p.code}`, sheet: 'full' }) },
        },
        icon('check', 20),
        h('span', null, t('startVisit')),
      )
    : null;

/** @param {any} feature of one point @returns {HTMLElement[]} */
export function visitParts(feature) {
  const rules = feature.properties.shifts ?? [];
  const { visits = [], comments: all = [] } = feature;
  // Answered when the point has been visited again.
  const comments = all.filter((/** @type {any} */ { open }) => open);
  return [
    comments.length
      ? h(
          'section',
          { class: 'message is-warning' },
          h('h3', { class: 'message-title' }, icon('comment'), h('span', null, t('reviewerSays'))),
          h(
            'ul',
            { class: 'comment-list' },
            ...comments.map((/** @type {any} */ each) =>
              h(
                'li',
                null,
                h('p', { dir: 'auto' }, each.text),
                h('p', { class: 'quiet', dir: 'auto' }, [each.by, timeText(each.made_at)].filter(Boolean).join(' · ')),
              ),
            ),
          ),
        )
      : null,
    rules.length ? h('h3', { class: 'small-title' }, t('visitRules')) : null,
    rules.length
      ? h(
          'ul',
          { class: 'rule-list' },
          ...rules.map((/** @type {any} */ rule) =>
            h(
              'li',
              { class: `rule is-${rule.status ?? 'none'}` },
              h('span', null, `${tCode('shift', rule.shift)} · ${t('everyNDays', { n: rule.every_days })}`),
              h(
                'span',
                { class: 'due-mark' },
                rule.status ? tCode('due', rule.status) : '',
                rule.due && rule.status !== 'done' ? ` ${t('dueOn', { day: dayText(rule.due) })}` : '',
              ),
            ),
          ),
        )
      : null,
    visits.length ? h('h3', { class: 'small-title' }, t('lastVisits')) : null,
    visits.length
      ? h(
          'ul',
          { class: 'visit-list' },
          ...visits
            .slice(0, 5)
            .map((/** @type {any} */ each) =>
              h(
                'li',
                null,
                h('span', { class: `visit-result is-${each.result}` }, tCode('result', each.result)),
                h(
                  'span',
                  { class: 'row-note', dir: 'auto' },
                  [
                    timeText(each.visited_at),
                    tCode('shift', each.shift),
                    each.worker ?? '',
                    each.outside_geofence && each.distance_m !== null
                      ? t('visitOutside', { m: distanceText(each.distance_m) })
                      : '',
                  ]
                    .filter(Boolean)
                    .join(' · '),
                ),
                each.note ? h('span', { class: 'row-note', dir: 'auto' }, each.note) : null,
              ),
            ),
        )
      : null,
  ].filter((part) => part !== null);
}
