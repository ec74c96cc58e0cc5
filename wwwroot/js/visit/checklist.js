// @ts-check
import { ApiProblem, get } from '../api.js';
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { store } from '../queue/store.js';
import { state } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { changeVisit, unanswered, visit } from './draft.js';

/**
 * @typedef {{ item: string, text: string, text_en: string | null, category: string | null }} Item
 * @typedef {{ code: string, version: string, name: string, name_en: string | null, items: Item[] }} Checklist
 */

export const checklist = /** @type {Loader<{ key: string, list: Checklist | null }>} */ (new Loader());

/** The list for this type of point and shift; where there is no network, the one seen last. @param {string} type @param {string} shift */
export function loadChecklist(type, shift) {
  const key = `checklist:${streetCode()}:${type}:${shift}`;
  if (checklist.data?.key === key || checklist.signal.value.loading) return;
  void checklist.load(async (signal) => {
    try {
      /** @type {{ checklists: Checklist[] }} */
      const { checklists } = await get('/api/checklists', { point_type: type, shift, street: streetCode() }, signal);
      const list = checklists[0] ?? null;
      await store.drafts.put({ key, account: '', value: list, made: Date.now() });
      return { key, list };
    } catch (reason) {
      const kept = await store.drafts.get(key);
      if (!(reason instanceof ApiProblem) || reason.status !== 0 || !kept) throw reason;
      return { key, list: kept.value };
    }
  });
}

const marks = /** @type {const} */ (['ok', 'bad', 'na']);

/**
 * What is looked at, each with three big buttons.
 * @param {HTMLElement} box @param {(item: Item, fixed: boolean) => void} report a bad one becomes a problem
 * @returns {() => void} draws it again
 */
export function buildChecklist(box, report) {
  return () => {
    const { loading, data, problem } = checklist.signal.value;
    const { value } = visit;
    if (!value) return fill(box);
    if (problem)
      return fill(
        box,
        problemBox(problem, () => void checklist.again(), t('keptVisit')),
      );
    if (!data) return fill(box, loading ? skeleton(6) : null);
    if (!data.list?.items.length) return fill(box, emptyBox(t('noChecklist'), t('noChecklistHint')));
    const { list } = data;
    const open = unanswered(value, list);
    fill(
      box,
      h(
        'div',
        { class: 'check-head' },
        h(
          'div',
          null,
          h('h3', { class: 'step-title', dir: 'auto' }, state().lang === 'en' ? list.name_en || list.name : list.name),
          h(
            'p',
            { class: 'quiet' },
            `${t('checklistVersion', { version: list.version })} · ${open.length ? t('itemsLeft', { n: open.length }) : t('itemsDone')}`,
          ),
        ),
        open.length
          ? h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: 'rest-ok' },
                on: {
                  click: () =>
                    changeVisit({
                      answers: {
                        ...visit.value?.answers,
                        ...Object.fromEntries(
                          open.map((item) => [item, { answer: /** @type {const} */ ('ok'), note: '' }]),
                        ),
                      },
                    }),
                },
              },
              t('restOk'),
            )
          : null,
      ),
      h('ul', { class: 'check-list' }, ...list.items.map((item) => row(item, report))),
    );
  };
}

/** @param {Item} item @param {(item: Item, fixed: boolean) => void} report */
function row(item, report) {
  const given = visit.value?.answers[item.item];
  const text = state().lang === 'en' ? item.text_en || item.text : item.text;
  const answer = (/** @type {import('./draft.js').Mark} */ mark) =>
    changeVisit({
      answers: { ...visit.value?.answers, [item.item]: { answer: mark, note: given?.note ?? '' } },
    });
  const note = h('input', {
    type: 'text',
    class: 'check-note',
    maxlength: 500,
    value: given?.note ?? '',
    placeholder: t('itemNote'),
    'aria-label': `${t('itemNote')}：${text}`,
    data: { focus: `note-${item.item}` },
    on: {
      input: () =>
        changeVisit({
          answers: { ...visit.value?.answers, [item.item]: { answer: given?.answer ?? 'bad', note: note.value } },
        }),
    },
  });
  const signs = /** @type {const} */ ({ ok: 'check', bad: 'close', na: 'minus' });
  return h(
    'li',
    { class: 'check', data: { item: item.item } },
    h('p', { class: 'check-text', id: `check-${item.item}`, dir: 'auto' }, text),
    h(
      'div',
      { class: 'check-marks', role: 'group', 'aria-labelledby': `check-${item.item}` },
      ...marks.map((mark) =>
        h(
          'button',
          {
            type: 'button',
            class: `check-mark is-${mark}`,
            'aria-pressed': String(given?.answer === mark),
            data: { focus: `mark-${item.item}-${mark}`, mark },
            on: { click: () => answer(mark) },
          },
          icon(signs[mark], 18),
          h('span', null, t(`mark_${mark}`)),
        ),
      ),
    ),
    ...(given?.answer === 'bad'
      ? [
          note,
          h(
            'div',
            { class: 'button-row' },
            h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: `fix-${item.item}` },
                on: { click: () => report(item, true) },
              },
              icon('check', 18),
              h('span', null, t('fixNow')),
            ),
            h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { focus: `report-${item.item}` },
                on: { click: () => report(item, false) },
              },
              icon('report', 18),
              h('span', null, t('reportIt')),
            ),
          ),
        ]
      : []),
  );
}
