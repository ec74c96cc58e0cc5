// @ts-check
import { get, send } from '../api.js';
import { dayText, todayText } from '../deadline.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { confirmed } from '../parts/confirm.js';
import { buildForm } from '../parts/form.js';
import { loadedContent, recordTable } from '../parts/records.js';

/**
 * @typedef {{ date: string, is_working: boolean, name: string }} Day
 * @typedef {{ year: number, known: boolean, notice: string | null, revision: number | null, days: Day[], missing: number[] }} Calendar
 */

/** Holidays and make-up workdays of one year. @type {import('./panel.js').MakeSection} */
export function calendarSection(redraw, mayWrite) {
  const loader = /** @type {Loader<Calendar>} */ (new Loader());
  let year = Number(todayText().slice(0, 4));
  let editing = false;
  const load = () => loader.load((signal) => get('/api/calendar', { year }, signal), { forget: true });
  /** @param {number} to */
  const go = (to) => {
    year = to;
    editing = false;
    void load();
  };
  const edit = (/** @type {boolean} */ on) => {
    editing = on;
    redraw();
  };
  const step = (/** @type {number} */ by) =>
    h(
      'button',
      { type: 'button', class: 'button', data: { focus: `year-${by}` }, on: { click: () => go(year + by) } },
      String(year + by),
    );
  const content = () => [
    h(
      'div',
      { class: 'section-title' },
      h('h3', null, t('calendarOf', { year })),
      h('span', { class: 'button-row' }, step(-1), step(1)),
    ),
    h('p', { class: 'quiet' }, t('calendarHint')),
    ...loadedContent(loader, (data) => [
      ...data.missing
        .filter((each) => each !== year)
        .map((each) => h('p', { class: 'message is-warning' }, t('calendarMissing', { year: each }))),
      !data.known
        ? h('p', { class: 'message is-warning' }, t('calendarMissing', { year }))
        : h('p', null, t('calendarNotice', { notice: data.notice ?? '', n: data.revision ?? 0 })),
      mayWrite && !editing
        ? h(
            'button',
            { type: 'button', class: 'button', data: { focus: 'calendar-edit' }, on: { click: () => edit(true) } },
            t('edit'),
          )
        : null,
      editing ? calendarForm(data) : null,
      data.days.length
        ? recordTable({
            caption: t('calendarOf', { year }),
            rows: data.days,
            columns: [
              { text: t('day'), value: ({ date }) => dayText(date) },
              { text: t('dayKind'), value: ({ is_working: works }) => (works ? t('makeUpDay') : t('holiday')) },
              { text: t('name'), value: ({ name }) => name },
            ],
          })
        : null,
    ]),
  ];
  /** Days as lines of text, which a notice can be typed into. @param {Calendar} data */
  const calendarForm = (data) =>
    h(
      'div',
      { class: 'action-form' },
      buildForm({
        label: t('calendarOf', { year }),
        fields: [
          { name: 'notice', label: t('noticeOf'), required: true, value: data.notice ?? '', maxLength: 500 },
          {
            name: 'days',
            label: t('daysOfNotice'),
            kind: 'area',
            required: true,
            maxLength: 20000,
            hint: t('daysOfNoticeHint'),
            value: data.days
              .map(({ date, is_working: works, name }) => `${date} ${works ? t('makeUpDay') : t('holiday')} ${name}`)
              .join('\n'),
          },
        ],
        submit: t('save'),
        cancel: () => edit(false),
        run: async ({ notice, days }) => {
          const parsed = parseDays(days);
          const agreed = await confirmed({
            title: t('calendarOf', { year }),
            changes: [t('willKeepDays', { n: parsed.length, before: data.days.length }), t('deadlinesStay')],
            yes: t('save'),
          });
          if (!agreed) return;
          await send('PUT', `/api/calendar/${year}`, { notice, days: parsed });
          announce(t('saved'));
          editing = false;
          await load();
        },
      }),
    );
  return { content, load, signals: [loader.signal] };
}

/** `2026-02-17 休 春节`, one a line; what a line lacks is for the service to refuse, by its number. @param {string} text @returns {Day[]} */
export const parseDays = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [date = '', kind = '', ...name] = line.split(/\s+/);
      return { date, is_working: ['班', '上班', t('makeUpDay')].includes(kind), name: name.join(' ') };
    });
