// @ts-check
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { set, state, subscribe } from '../state.js';

/**
 * @typedef {{ id: string, kind: string, title: string, number: string | null, state: string, to: string, subject: string,
 *   paragraphs: string[], facts: { label: string, value: string }[], from: string, date: string, copy_to: string | null }} Letter
 */

const letter = /** @type {Loader<Letter>} */ (new Loader());

/**
 * A letter as the sheet of paper it is: `/?letter=ID`. It lies over the page; the print style sheet leaves only the sheet.
 * @param {HTMLElement} app
 */
export function buildLetterPage(app) {
  const sheet = h('article', { class: 'letter-sheet', lang: 'zh-CN' });
  const bar = h('div', { class: 'letter-bar' });
  const dialog = h('dialog', { class: 'letter-page' }, bar, sheet);
  document.body.append(dialog);
  let shown = '';
  const renderBar = () => {
    const { letter: id } = state();
    const { data } = letter.signal.value;
    dialog.setAttribute('aria-label', t('letterTitle'));
    fill(
      bar,
      h(
        'button',
        { type: 'button', class: 'button', data: { focus: 'letter-back' }, on: { click: () => set({ letter: '' }) } },
        t('backToPage'),
      ),
      h(
        'a',
        {
          class: 'button',
          href: `/api/letters/${encodeURIComponent(id)}.docx`,
          download: '',
          'aria-label': t('docxOf', { name: data?.number ?? '' }),
        },
        t('docx'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary',
          data: { focus: 'letter-print' },
          disabled: !data,
          on: { click: () => print() },
        },
        t('printNow'),
      ),
    );
  };
  const render = () => {
    const { loading, data, problem } = letter.signal.value;
    renderBar();
    if (problem)
      fill(
        sheet,
        problemBox(problem, () => void letter.again(), ''),
      );
    else fill(sheet, ...(data ? content(data) : loading ? [skeleton(10)] : []));
  };
  const open = () => {
    const { letter: id } = state();
    if (id === shown) return;
    shown = id;
    app.inert = id !== '';
    if (!id) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) dialog.showModal();
    void letter.load((signal) => get(`/api/letters/${encodeURIComponent(id)}`, {}, signal), { forget: true });
  };
  letter.signal.subscribe(render);
  dialog.addEventListener('close', () => {
    if (state().letter) set({ letter: '' });
  });
  subscribe(['letter'], open);
  subscribe(['lang'], renderBar);
  open();
}

/** @param {Letter} data */
const content = (data) => [
  h('p', { class: 'letter-from', dir: 'auto' }, data.from),
  h('h1', { class: 'letter-title' }, data.title || tCode('letter', data.kind)),
  h('p', { class: 'letter-number' }, data.number ?? t('draftMark')),
  data.subject ? h('p', { class: 'letter-subject', dir: 'auto' }, data.subject) : null,
  h('p', { class: 'letter-to', dir: 'auto' }, `${data.to}：`),
  ...data.paragraphs.map((text) => h('p', { class: 'letter-text', dir: 'auto' }, text)),
  data.facts?.length
    ? h(
        'table',
        { class: 'letter-facts' },
        h(
          'tbody',
          null,
          ...data.facts.map(({ label, value }) =>
            h('tr', null, h('th', { scope: 'row' }, label), h('td', { dir: 'auto' }, value)),
          ),
        ),
      )
    : null,
  h('p', { class: 'letter-sign', dir: 'auto' }, data.from),
  h('p', { class: 'letter-sign' }, chineseDay(data.date)),
  data.copy_to ? h('p', { class: 'letter-copy', dir: 'auto' }, t('copyTo', { to: data.copy_to })) : null,
];

/** @param {string} day `2026-11-25` @returns {string} as letters write it */
const chineseDay = (day) => {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return Number.isFinite(date) ? `${year}年${month}月${date}日` : day;
};
