// @ts-check
import { fill, h } from '../dom.js';
import { dueText, leftText, urgency } from '../deadline.js';
import { field, list, rowButton, titleBlock } from '../frame/parts.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { t, tCode, timeText } from '../i18n/index.js';
import { areaName, categoryName, placementText } from '../names.js';
import { set, state } from '../state.js';
import { buildActions } from './actions.js';
import { issue, letters, loadIssue } from './issue.js';
import { letterLinks } from './letters.js';
import { photoPairs } from './photos.js';
import { timeline } from './timeline.js';

/** @typedef {import('./issue.js').Feature} Feature @typedef {import('./issue.js').Task} Task */

/** How often a countdown is written anew. */
const tick = 30_000;

/** Draws the issue whose detail is open. */
let drawOpen = () => {};
issue.signal.subscribe(() => drawOpen());
letters.signal.subscribe(() => drawOpen());

/** One issue with its life. @param {HTMLElement} box @param {string} id @returns {() => void} draws it again */
export function showIssue(box, id) {
  const facts = h('div');
  const actions = h('div');
  const rest = h('div');
  const trouble = h('div');
  let actedOn = '';
  const draw = () => {
    if (box.dataset.shows !== `issue:${id}`) return;
    const { loading, data, problem } = issue.signal.value;
    fill(trouble, problem ? problemBox(problem, () => void issue.again(), data ? t('keptList') : '') : null);
    if (!data || String(data.properties.id) !== id) {
      fill(facts, loading ? skeleton(8) : null);
      fill(actions);
      fill(rest);
      return;
    }
    fill(facts, ...header(data));
    fill(rest, ...life(data));
    // The form somebody is filling in stays until the issue itself has changed.
    const version = `${id} ${data.properties.revision} ${state().lang}`;
    if (version !== actedOn) {
      actedOn = version;
      buildActions(actions, data);
    }
  };
  fill(box, trouble, facts, actions, rest);
  drawOpen = draw;
  loadIssue(id);
  const timer = setInterval(() => {
    if (!box.isConnected || box.dataset.shows !== `issue:${id}`) return clearInterval(timer);
    for (const clock of box.querySelectorAll('[data-due]'))
      clock.replaceChildren(...clockText(/** @type {HTMLElement} */ (clock).dataset.due ?? ''));
  }, tick);
  return draw;
}

/** @param {string} code @returns {HTMLElement} state as word and shape, not only as colour */
export const lifeMark = (code) =>
  h(
    'span',
    { class: `state is-${code} ${closedStates.includes(code) ? 'is-closed' : 'is-open'}` },
    tCode('state', code),
  );

export const closedStates = Object.freeze(['cancelled', 'rejected', 'merged', 'closed', 'fixed_on_spot']);

/** @param {string} due */
const clockText = (due) => [
  h('span', { class: `due is-${urgency(due)}` }, leftText(due)),
  h('span', { class: 'quiet' }, dueText(due)),
];

/** A countdown that goes on counting. @param {string} due */
export const clock = (due) => h('span', { class: 'clock', data: { due } }, ...clockText(due));

/** @param {Feature} feature */
function header({ properties: p }) {
  const place = [p.building, p.floor, p.sub_place ? tCode('subPlace', p.sub_place) : ''].filter(Boolean).join(' · ');
  return [
    titleBlock('issue', categoryName(p.category), [p.code ?? '', p.name ?? ''].filter(Boolean).join(' · ')),
    h(
      'p',
      { class: 'marks' },
      lifeMark(p.state),
      p.covert ? h('span', { class: 'tag' }, t('covertMark')) : null,
      p.clock_ahead ? h('span', { class: 'tag' }, t('clockAhead')) : null,
    ),
    p.due_at && p.open ? clock(p.due_at) : null,
    h(
      'dl',
      { class: 'fields' },
      field(t('community'), areaName(p.community) || t('outsideAll')),
      field(t('grid'), p.grid ? areaName(p.grid) : t('outsideAll'), p.grid),
      place ? field(t('exactPlace'), place) : null,
      p.placement && p.placement !== 'inside' ? field(t('placementIs'), placementText(p)) : null,
      p.lead_body ? field(t('leadBody'), p.lead_body_name ?? p.lead_body) : null,
      field(t('foundAt'), timeText(p.found_at)),
      p.reported_at
        ? field(
            t('reportedAt'),
            timeText(p.reported_at),
            p.entered_same_day === false ? t('enteredLate') : p.entered_same_day ? t('enteredSameDay') : null,
          )
        : null,
      p.reported_by_name ? field(t('reportedBy'), p.reported_by_name) : null,
      p.closed_at ? field(t('closedAt'), timeText(p.closed_at)) : null,
      p.description ? field(t('description'), p.description) : null,
    ),
    p.point
      ? list([
          rowButton({
            key: `point-${p.point}`,
            title: p.point,
            note: t('pointOf'),
            open: () => set({ selected: `point:${p.point}` }),
          }),
        ])
      : null,
    p.merged_into
      ? list([
          rowButton({
            key: `issue-${p.merged_into}`,
            title: t('mergedInto'),
            note: p.merged_into,
            open: () => set({ selected: `issue:${p.merged_into}` }),
          }),
        ])
      : null,
  ];
}

/** @param {Feature} feature */
function life({ properties: p }) {
  return [
    p.photos?.length ? photoPairs(p.photos) : null,
    p.tasks?.length ? [h('h3', { class: 'small-title' }, t('tasks')), ...p.tasks.map(taskCard)] : [],
    letters.data?.length ? [h('h3', { class: 'small-title' }, t('letters')), letterLinks(letters.data)] : [],
    p.events?.length ? [h('h3', { class: 'small-title' }, t('history')), timeline(p.events, p.photos ?? [])] : [],
  ].flat();
}

/** @param {Task} task */
function taskCard(task) {
  const why = task.due_explanation ? (state().lang === 'en' ? task.due_explanation.en : task.due_explanation.zh) : '';
  const running = task.due_at && !task.paused && ['open', 'replied'].includes(task.state);
  return h(
    'section',
    { class: `task is-${task.state}`, data: { task: String(task.no) } },
    h(
      'p',
      { class: 'task-head' },
      h('span', { class: 'tag' }, tCode('taskRole', task.role)),
      h('strong', { dir: 'auto' }, task.body_name ?? task.body),
      h('span', { class: 'task-state' }, tCode('taskState', task.state)),
    ),
    task.paused ? h('p', { class: 'quiet' }, t('clockPaused')) : null,
    running && task.due_at ? clock(task.due_at) : null,
    !running && task.due_at ? h('p', { class: 'quiet' }, dueText(task.due_at)) : null,
    why
      ? h(
          'details',
          { class: 'why' },
          h('summary', null, t('whyDue')),
          h('p', { dir: 'auto' }, why),
          task.calendar_changed ? h('p', { class: 'quiet' }, t('calendarChanged')) : null,
        )
      : null,
  );
}
