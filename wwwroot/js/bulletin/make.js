// @ts-check
import { send } from '../api.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { attempts } from '../ids.js';
import { streetCode } from '../names.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { go, kindName, loadShelf, open, place } from './bulletins.js';

/** @typedef {import('./bulletins.js').Bulletin} Bulletin */

const idFor = attempts();

/** What is being written, and about which bulletin; it stays while the panel is drawn anew. */
let written = { about: '', text: '' };

/** @param {string} about @param {readonly string[]} before */
function noteField(about, before) {
  if (written.about !== about) written = { about, text: before.join('\n') };
  const area = h('textarea', {
    id: 'bulletin-note',
    rows: 3,
    maxlength: 2000,
    value: written.text,
    data: { focus: 'bulletin-note' },
    on: {
      input: () => {
        written.text = area.value;
      },
    },
  });
  return h(
    'div',
    { class: 'form-field bulletin-note' },
    h('label', { for: 'bulletin-note' }, t('bulletinNoteField')),
    area,
    h('p', { class: 'quiet' }, t('bulletinNoteHint')),
  );
}

const lines = () =>
  written.text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Drafts the bulletin in view; the same again is the same draft. @param {Bulletin} bulletin @returns {Promise<string>} its id */
async function draft(bulletin) {
  if (bulletin.id) return bulletin.id;
  const order = {
    street: streetCode(),
    kind: bulletin.kind,
    on: bulletin.on,
    replaces: place().replaces || undefined,
    note: lines(),
  };
  const id = idFor(order);
  await send('POST', '/api/bulletins', { id, ...order });
  return id;
}

/** @param {Bulletin} bulletin */
async function issue(bulletin) {
  const figure = (/** @type {string} */ key) =>
    numberText(bulletin.figures.find((each) => each.key === key)?.value ?? 0);
  const agreed = await confirmed({
    title: t('bulletinIssue'),
    changes: [
      t('bulletinWillNumber', { kind: kindName(bulletin.kind) }),
      t('bulletinWillFreeze', { figures: numberText(bulletin.figures.length), records: numberText(bulletin.records) }),
      t('bulletinWillSay', { found: figure('found'), cancelled: figure('cancelled'), open: figure('open'), overdue: figure('overdue') }),
      t('bulletinNeverChanges'),
    ],
    yes: t('bulletinIssue'),
  });
  if (!agreed) return;
  const id = await draft(bulletin);
  await send('POST', `/api/bulletins/${id}/issue`, { note: lines() });
  written = { about: '', text: '' };
  announce(t('bulletinIssued'));
  await loadShelf();
  go(`at.${id}`);
}

/** @param {Bulletin} bulletin */
async function keep(bulletin) {
  const id = await draft(bulletin);
  announce(t('bulletinDrafted'));
  await loadShelf();
  go(`at.${id}`);
}

/** @param {Bulletin} bulletin */
async function discard(bulletin) {
  const agreed = await confirmed({
    title: t('bulletinDiscard'),
    changes: [t('bulletinWillDiscard', { n: 1 })],
    yes: t('bulletinDiscard'),
    danger: true,
  });
  if (!agreed) return;
  await send('DELETE', `/api/bulletins/${bulletin.id}`);
  await loadShelf();
  go('');
}

/** What a supervisor does with a preview or a draft. @param {Bulletin} bulletin */
export const makeBar = (bulletin) => [
  h(
    'div',
    { class: 'message' },
    h('p', { class: 'message-title' }, bulletin.id ? t('bulletinIsDraft') : t('bulletinIsPreview')),
    h('p', null, t('bulletinLive')),
  ),
  noteField(`${bulletin.id ?? bulletin.kind}${bulletin.on}`, bulletin.note),
  h(
    'div',
    { class: 'button-row' },
    actButton({ key: 'bulletin-issue', text: t('bulletinIssue'), look: 'is-primary', run: () => issue(bulletin) }),
    bulletin.id
      ? actButton({ key: 'bulletin-discard', text: t('bulletinDiscard'), run: () => discard(bulletin) })
      : actButton({ key: 'bulletin-draft', text: t('bulletinDraft'), run: () => keep(bulletin) }),
    h('button', { type: 'button', class: 'button', on: { click: () => void open.again() } }, t('bulletinRefresh')),
  ),
];
