// @ts-check
import { get, send } from '../api.js';
import { dayText } from '../deadline.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { letterButtons } from '../issue/letters.js';
import { changed } from '../issue/issue.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { openIssue } from '../cases/rows.js';

/**
 * @typedef {{ issue_id: string, issue_code: string | null, task_no: number, body: string, body_name: string, days_overdue: number,
 *   level: number, addressee: string, due_at: string }} Due
 * @typedef {{ id: string, kind: string, number: string | null, state: string, issue: string | null, issue_code: string | null,
 *   to_title: string, subject: string, level: number | null, body: string | null, body_name: string | null, drafted_at: string, issued_at: string | null }} Letter
 */

const preview = /** @type {Loader<{ on: string, reminders: Due[] }>} */ (new Loader());
const drafts = /** @type {Loader<{ letters: Letter[] }>} */ (new Loader());
const issued = /** @type {Loader<{ letters: Letter[], next: string | null }>} */ (new Loader());

export const letterSignals = [preview.signal, drafts.signal, issued.signal];

export function loadLetters() {
  const street = streetCode();
  return Promise.all([
    preview.load((signal) => get('/api/reminders/preview', { street }, signal)),
    drafts.load((signal) => get('/api/letters', { street, state: 'draft' }, signal)),
    issued.load((signal) => get('/api/letters', { street, state: 'issued', limit: 50 }, signal)),
  ]);
}

/** Letters that wait for a word: drafts, and reminders that would be drafted today. */
export const letterCounts = () =>
  preview.data && drafts.data ? preview.data.reminders.length + drafts.data.letters.length : undefined;

/** Drafts what is due. */
async function draft() {
  const n = preview.data?.reminders.length ?? 0;
  const agreed = await confirmed({
    title: t('draftReminders'),
    changes: [t('willDraft', { n: numberText(n) }), t('draftsGoNowhere')],
    yes: t('draftReminders'),
  });
  if (!agreed) return;
  await send('POST', '/api/reminders', undefined, { query: { street: streetCode() } });
  announce(t('drafted', { n }));
  await loadLetters();
}

/** @param {Letter} letter */
async function issue(letter) {
  const name = tCode('letter', letter.kind);
  const agreed = await confirmed({
    title: t('confirmLetter'),
    changes: [t('willIssue', { n: 1, name, to: letter.to_title }), t('willTakeNumber', { n: 1 })],
    yes: t('confirmLetter'),
  });
  if (!agreed) return;
  await send('POST', `/api/letters/${letter.id}/confirm`);
  announce(t('letterIssued', { name }));
  changed();
  await loadLetters();
}

/** @param {Letter} letter */
async function discard(letter) {
  const agreed = await confirmed({
    title: t('voidLetter'),
    changes: [t('willVoid', { n: 1, name: tCode('letter', letter.kind), to: letter.to_title })],
    yes: t('voidLetter'),
    danger: true,
  });
  if (!agreed) return;
  await send('POST', `/api/letters/${letter.id}/void`);
  await loadLetters();
}

/** @param {{ issue?: string | null, issue_id?: string | null, issue_code?: string | null }} of */
const issueLink = (of) => {
  const id = of.issue ?? of.issue_id;
  if (!id) return '';
  return h(
    'button',
    { type: 'button', class: 'link', data: { issue: id }, on: { click: () => openIssue(id) } },
    of.issue_code ?? id.slice(0, 8),
  );
};

export const lettersSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('remindersToday'))),
  h(
    'div',
    { data: { part: 'preview' } },
    ...loadedContent(
      preview,
      ({ reminders }) => [
        recordTable({
          caption: t('remindersToday'),
          rows: reminders,
          columns: [
            { text: t('kind_issue'), value: issueLink },
            { text: t('bodyName'), value: ({ body_name: name, body }) => name ?? body },
            { text: t('daysOverdue'), value: ({ days_overdue: n }) => n, number: true },
            { text: t('reminderLevel'), value: ({ level }) => tCode('level', String(level)) },
            { text: t('addressee'), value: ({ addressee }) => addressee },
          ],
        }),
        actButton({ key: 'draft-reminders', text: t('draftReminders'), look: 'is-primary', run: draft }),
      ],
      {
        empty: ({ reminders }) => reminders.length === 0,
        emptyTitle: t('noReminders'),
        emptyHint: t('noRemindersHint'),
      },
    ),
  ),
  h('div', { class: 'section-title' }, h('h3', null, t('draftsToConfirm'))),
  h(
    'div',
    { data: { part: 'drafts' } },
    ...loadedContent(
      drafts,
      ({ letters }) => [
        recordTable({
          caption: t('draftsToConfirm'),
          rows: letters,
          key: ({ id }) => `letter:${id}`,
          columns: [
            {
              text: t('letterKind'),
              value: ({ kind, level }) =>
                [tCode('letter', kind), level ? tCode('level', String(level)) : ''].filter(Boolean).join(' · '),
            },
            { text: t('kind_issue'), value: issueLink },
            { text: t('addressee'), value: ({ to_title: to }) => to },
            { text: t('bodyName'), value: ({ body, body_name: name }) => name ?? body ?? '' },
            {
              text: t('actions'),
              value: (letter) =>
                h(
                  'span',
                  { class: 'cell-buttons' },
                  ...letterButtons(letter),
                  actButton({
                    key: `issue-letter-${letter.id}`,
                    text: t('confirmLetter'),
                    look: 'is-primary',
                    run: () => issue(letter),
                  }),
                  actButton({ key: `void-letter-${letter.id}`, text: t('voidLetter'), run: () => discard(letter) }),
                ),
            },
          ],
        }),
      ],
      { empty: ({ letters }) => letters.length === 0, emptyTitle: t('noDrafts') },
    ),
  ),
  h('div', { class: 'section-title' }, h('h3', null, t('lettersIssued'))),
  h(
    'div',
    { data: { part: 'issued' } },
    ...loadedContent(
      issued,
      ({ letters }) => [
        recordTable({
          caption: t('lettersIssued'),
          rows: letters,
          key: ({ id }) => `letter:${id}`,
          columns: [
            { text: t('letterNumber'), value: ({ number }) => number ?? '' },
            { text: t('letterKind'), value: ({ kind }) => tCode('letter', kind) },
            { text: t('kind_issue'), value: issueLink },
            { text: t('addressee'), value: ({ to_title: to }) => to, narrow: false },
            { text: t('issuedAt'), value: ({ issued_at: at }) => dayText((at ?? '').slice(0, 10)) },
            { text: t('openAs'), value: (letter) => h('span', { class: 'cell-buttons' }, ...letterButtons(letter)) },
          ],
        }),
      ],
      { empty: ({ letters }) => letters.length === 0, emptyTitle: t('noLetters') },
    ),
  ),
];
