// @ts-check
import { openIssue } from '../cases/rows.js';
import { dueText } from '../deadline.js';
import { h } from '../dom.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { set } from '../state.js';
import { behind, go, measureName, place, valueText } from './bulletins.js';

/** @typedef {import('./bulletins.js').BehindRecord} BehindRecord @typedef {import('./bulletins.js').Part} Part */

/** The records behind a figure, as they were; each leads to the issue or point as it is now. */
export const behindContent = () => [
  h(
    'button',
    { type: 'button', class: 'link', data: { focus: 'behind-back' }, on: { click: () => go(place().where) } },
    t('bulletinBack'),
  ),
  ...loadedContent(behind, ({ figure, parts, records }) => [
    h(
      'div',
      { class: 'section-title' },
      h('h2', null, [figure.subject === 'street' ? '' : figure.name, measureName(figure.measure)].filter(Boolean).join(' · ')),
      h('span', { class: 'section-note', data: { behind: figure.key } }, valueText(figure.measure, figure.value)),
    ),
    h('p', { class: 'quiet' }, tCode('bd', figure.measure)),
    parts ? partTable(parts) : null,
    records.length ? table(records) : parts ? null : h('p', { class: 'quiet' }, t('bulletinNoRecords')),
  ]),
];

/** @param {Part[]} parts */
const partTable = (parts) =>
  recordTable({
    caption: t('bulletinParts'),
    rows: parts,
    columns: [
      {
        text: t('bulletinIndicator'),
        value: ({ indicator, key }) =>
          key
            ? h(
                'button',
                { type: 'button', class: 'link', data: { focus: `part-${indicator}` }, on: { click: () => go(place().where, key) } },
                measureName(indicator),
              )
            : measureName(indicator),
      },
      { text: t('bulletinValue'), value: ({ indicator, value }) => valueText(indicator, value), number: true },
      {
        text: t('bulletinPoints'),
        value: ({ points }) => (points === null ? t('bulletinLeftOut') : numberText(points, 1)),
        number: true,
      },
      { text: t('bulletinWeight'), value: ({ weight }) => numberText(weight, weight % 1 ? 1 : 0), number: true },
    ],
  });

/** @param {BehindRecord[]} records */
function table(records) {
  const has = (/** @type {string} */ kind) => records.some((each) => each.kind === kind);
  const rounds = has('round') && !has('issue') && !has('task');
  return recordTable({
    caption: t('bulletinRecords'),
    rows: records,
    columns: [
      { text: t('colCode'), value: codeLink },
      { text: t('bulletinWhat'), value: ({ title }) => title ?? '' },
      ...(rounds
        ? []
        : [{ text: t('category'), value: (/** @type {BehindRecord} */ r) => r.category_name ?? '', narrow: false }]),
      { text: t('kind_community'), value: ({ community_name: name }) => name ?? '', narrow: false },
      ...(rounds
        ? [
            { text: t('shift'), value: (/** @type {BehindRecord} */ r) => (r.shift ? tCode('shift', r.shift) : '') },
            { text: t('bulletinRounds'), value: (/** @type {BehindRecord} */ r) => `${r.made ?? 0} / ${r.expected ?? 0}`, number: true },
            { text: t('bulletinLastVisit'), value: (/** @type {BehindRecord} */ r) => timeText(r.ended_at), narrow: false },
          ]
        : [
            { text: t('bodyName'), value: (/** @type {BehindRecord} */ r) => r.body_name ?? '', narrow: false },
            { text: t('bulletinThen'), value: state },
            { text: t('bulletinStarted'), value: (/** @type {BehindRecord} */ r) => timeText(r.started_at), narrow: false },
            { text: t('colDue'), value: (/** @type {BehindRecord} */ r) => (r.due_at ? dueText(r.due_at) : ''), narrow: false },
          ]),
    ],
  });
}

/** @param {BehindRecord} r */
function state(r) {
  const name =
    r.kind === 'task' ? tCode('bulletinKept', r.state) : r.kind === 'veto' ? t('bulletinRed') : tCode('state', r.state);
  if (r.kind === 'photo') return t('bulletinPhotos', { n: r.made ?? 0 });
  return r.days ? `${name} · ${t('bulletinDaysOver', { n: r.days })}` : name;
}

/** @param {BehindRecord} r */
const codeLink = ({ issue, point, code }) => {
  if (!issue && !point) return code;
  return h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: issue ? { issue } : { point: point ?? '' },
      on: { click: () => (issue ? openIssue(issue) : set({ selected: `point:${point}` })) },
    },
    code,
  );
};
