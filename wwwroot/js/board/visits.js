// @ts-check
import { get, send } from '../api.js';
import { todayText } from '../deadline.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { distanceText, numberText, t, tCode, timeText } from '../i18n/index.js';
import { attempts } from '../ids.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { buildForm } from '../parts/form.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set } from '../state.js';

/** @typedef {{ id: string, point: string, point_name: string | null, worker: string | null, visited_at: string, distance_m: number | null,
 *   accuracy_m: number | null, shift: string, result: string, note: string | null,
 *   comments: { text: string, by: string }[] }} OutsideVisit */

/** Days back in which visits outside the fence are listed. */
const daysBack = 14;

const visits = /** @type {Loader<OutsideVisit[]>} */ (new Loader());
/** The comment that is being written; one at a time. @type {{ id: string, form: HTMLElement | null }} */
let writing = { id: '', form: null };

export const visitSignals = [visits.signal];

export function loadVisits() {
  const from = new Date(Date.parse(`${todayText()}T00:00:00Z`) - daysBack * 86_400_000).toISOString().slice(0, 10);
  return visits.load(async (signal) => {
    const { features } = /** @type {import('../types.js').Features} */ (
      await get('/api/visits', { street: streetCode(), outside: true, from, to: todayText() }, signal)
    );
    return features.map(({ properties }) => /** @type {OutsideVisit} */ (properties));
  });
}

export const visitCount = () => visits.data?.length;

export const visitsSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('board_visits'))),
  h('p', { class: 'quiet' }, t('visitsHint', { n: daysBack })),
  ...loadedContent(
    visits,
    (rows) => [
      recordTable({
        caption: t('board_visits'),
        rows,
        key: ({ point }) => `point:${point}`,
        hover: (key) => set({ hover: key }),
        columns: [
          {
            text: t('kind_point'),
            value: ({ point, point_name: name }) =>
              h(
                'button',
                { type: 'button', class: 'link', on: { click: () => set({ selected: `point:${point}` }) } },
                name ?? point,
              ),
          },
          { text: t('visitor'), value: ({ worker }) => worker ?? '' },
          { text: t('visitAt'), value: ({ visited_at: at }) => timeText(at) },
          {
            text: t('distanceToPoint'),
            value: ({ distance_m: m, accuracy_m: a }) =>
              m === null
                ? t('noPosition')
                : `${distanceText(m)}${a === null ? '' : ` ±${numberText(a)} ${t('metres')}`}`,
            number: true,
          },
          { text: t('shift'), value: ({ shift }) => tCode('shift', shift), narrow: false },
          {
            text: t('comment'),
            value: (visit) =>
              h(
                'div',
                null,
                ...visit.comments.map(({ text, by }) => h('p', { class: 'quiet', dir: 'auto' }, `${by}：${text}`)),
                comment(visit),
              ),
          },
        ],
      }),
    ],
    { empty: (rows) => rows.length === 0, emptyTitle: t('noOutside', { n: daysBack }) },
  ),
];

/** What a supervisor answers goes back to the worker's point. @param {OutsideVisit} visit */
function comment(visit) {
  // The form stays the same element while the list is drawn anew, with what was typed.
  if (writing.id === visit.id && writing.form) return writing.form;
  return h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `comment-${visit.id}` },
      on: {
        click: () => {
          write(visit.id, commentForm(visit));
          writing.form?.querySelector('textarea')?.focus();
        },
      },
    },
    t('comment'),
  );
}

/** @param {string} id @param {HTMLElement | null} form */
function write(id, form) {
  writing = { id, form };
  visits.signal.set(visits.signal.value);
}

/** @param {OutsideVisit} visit */
function commentForm(visit) {
  const idFor = attempts();
  return buildForm({
    label: t('comment'),
    fields: [{ name: 'text', label: t('comment'), kind: 'area', required: true, maxLength: 500 }],
    submit: t('sendComment'),
    cancel: () => write('', null),
    run: async (values) => {
      await send('POST', `/api/visits/${visit.id}/comments`, { id: idFor(values), ...values });
      announce(t('commentSent'));
      write('', null);
      await loadVisits();
    },
  });
}
