// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, problemTitle } from '../frame/messages.js';
import { t, timeText } from '../i18n/index.js';
import { confirmed } from '../parts/confirm.js';
import { newReport } from '../report/draft.js';
import { set } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { discard, queue, retry, takeBack } from './queue.js';

/** @typedef {import('./store.js').Item} Item */

let draw = () => {};
queue.subscribe(() => draw());

/** What waits on this device, why, and what can be done. @param {HTMLElement} box @returns {() => void} draws it again */
export function showQueue(box) {
  const render = () => {
    if (!box.dataset.shows?.startsWith('queue:')) return;
    const items = queue.value;
    const unsent = items.filter(({ state }) => state !== 'sent');
    const sent = items.filter(({ state }) => state === 'sent');
    fill(
      box,
      h('h2', { class: 'section-title', tabindex: -1 }, t('queueTitle')),
      h('p', { class: 'quiet' }, t('queueHint')),
      unsent.length ? h('ul', { class: 'queue-list' }, ...unsent.map(row)) : emptyBox(t('queueEmpty')),
      sent.length ? h('h3', { class: 'small-title' }, t('queueSent')) : null,
      sent.length ? h('ul', { class: 'queue-list' }, ...sent.map(row)) : null,
    );
  };
  draw = render;
  render();
  return render;
}

/** @param {Item} item */
function row(item) {
  const { state, problem } = item;
  const signs = /** @type {const} */ ({ waiting: 'clock', refused: 'warning', sent: 'check' });
  return h(
    'li',
    { class: `queue-item is-${state}` },
    icon(signs[state], 20),
    h(
      'div',
      { class: 'row-main' },
      h(
        'span',
        { class: 'row-title', dir: 'auto' },
        `${t(item.kind === 'issue' ? 'queueIssue' : 'queueVisit')}：${item.title}`,
      ),
      h(
        'span',
        { class: 'row-note' },
        `${timeText(new Date(item.made).toISOString())} · ${t('queuePhotos', { n: item.photos.length })} · ${t(`queueState_${state}`)}`,
      ),
      problem && state !== 'sent'
        ? h(
            'span',
            { class: 'row-note', dir: 'auto' },
            `${problemTitle(problem.code, problem.title)} ${problem.detail}`.trim(),
          )
        : null,
      problem?.traceId && state === 'refused'
        ? h('span', { class: 'row-note trace' }, `${t('traceId')} `, h('code', null, problem.traceId))
        : null,
      state === 'sent'
        ? null
        : h(
            'div',
            { class: 'button-row' },
            h(
              'button',
              {
                type: 'button',
                class: 'button is-primary',
                data: { focus: `retry-${item.id}` },
                on: { click: () => void retry(item.id) },
              },
              t('queueRetry'),
            ),
            state === 'refused' && item.draft
              ? h(
                  'button',
                  {
                    type: 'button',
                    class: 'button',
                    data: { focus: `edit-${item.id}` },
                    on: { click: () => void edit(item) },
                  },
                  t('edit'),
                )
              : null,
            h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: `discard-${item.id}` },
                on: { click: () => void giveUp(item) },
              },
              t('remove'),
            ),
          ),
    ),
  );
}

/** What was refused goes back into the form, with its photos. @param {Item} item */
async function edit(item) {
  const photos = item.photos.map(({ key, kind }) => ({ key, kind }));
  await takeBack(item);
  await newReport({ patch: { ...item.draft, photos } });
  set({ area: 'report', selected: '', sheet: 'full' });
}

/** @param {Item} item */
async function giveUp(item) {
  const yes = await confirmed({
    title: t('queueDiscard', { title: item.title }),
    changes: [t('queueDiscardWhat', { n: item.photos.length })],
    yes: t('remove'),
    danger: true,
  });
  if (yes) await discard(item);
}
