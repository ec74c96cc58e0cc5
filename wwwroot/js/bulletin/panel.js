// @ts-check
import { get } from '../api.js';
import { dayText } from '../deadline.js';
import { fill, h } from '../dom.js';
import { emptyBox } from '../frame/messages.js';
import { t, tCode, timeText } from '../i18n/index.js';
import { streetCode } from '../names.js';
import { loadedContent, recordTable } from '../parts/records.js';
import { state, subscribe } from '../state.js';
import { behindContent } from './behind.js';
import { behind, go, kindName, loadShelf, mayIssue, open, periodText, place, shelf } from './bulletins.js';
import { bulletinContent } from './content.js';
import { dueCards } from './due.js';
import { formula, formulaContent, formulaTables, loadFormula } from './formula.js';
import { makeBar } from './make.js';
import { printable } from './print.js';

/** @typedef {import('./bulletins.js').Bulletin} Bulletin */

/** Bulletins: what is due, what was issued, each with its figures and the records behind them. @param {HTMLElement} box */
export function buildBulletins(box) {
  const isOpen = () => state().area === 'bulletin';
  const render = () => {
    if (isOpen()) fill(box, ...content());
  };
  const load = () => {
    if (!isOpen()) return;
    const { what, where, figure } = place();
    if (what === '') void loadShelf();
    if (what === 'formula') void Promise.all([loadShelf(), loadFormula()]);
    if (what === 'new' || what === 'at') {
      if (loaded !== `${streetCode()} ${where}`) void loadOpen();
      if (figure) void loadBehind();
    }
  };
  subscribe(['area', 'section', 'street'], () => {
    load();
    render();
  });
  subscribe(['lang'], render);
  for (const { signal } of [shelf, open, behind, formula]) signal.subscribe(render);
  printable(() => (isOpen() && ['new', 'at'].includes(place().what) ? box.querySelector('.bulletin-paper') : null));
  render();
  load();
}

/** Which bulletin `open` is about. */
let loaded = '';

/** Where the bulletin in view comes from. @returns {{ path: string, query: import('../api.js').Query }} */
const source = () => {
  const { what, id, kind, on } = place();
  return what === 'at'
    ? { path: `/api/bulletins/${encodeURIComponent(id)}`, query: {} }
    : { path: '/api/bulletins/preview', query: { street: streetCode(), kind, on } };
};

function loadOpen() {
  const { path, query } = source();
  loaded = `${streetCode()} ${place().where}`;
  return open.load((signal) => get(path, query, signal), { forget: true });
}

function loadBehind() {
  const { path, query } = source();
  const { figure } = place();
  return behind.load((signal) => get(`${path}/records`, { ...query, figure }, signal), { forget: true });
}

/** @returns {(Node | null | false)[]} */
function content() {
  const { what, figure } = place();
  if (what === 'formula') return [head(t('formulaTitle')), ...formulaContent()];
  if (what !== '' && figure) return behindContent();
  if (what !== '') return loadedContent(open, opened, { rows: 12 });
  // Somebody who holds a part of the street sees no bulletin of the whole.
  if (shelf.signal.value.problem?.code === 'street-unknown')
    return [emptyBox(t('bulletinWholeStreet'), t('bulletinWholeStreetHint'))];
  return [
    h(
      'div',
      { class: 'section-title' },
      h('h2', null, t('area_bulletin')),
      h(
        'button',
        { type: 'button', class: 'link', data: { focus: 'to-formula' }, on: { click: () => go('formula') } },
        t('formulaTitle'),
      ),
    ),
    ...loadedContent(shelf, ({ due, bulletins }) => [
      dueCards(due),
      h('h3', { class: 'small-title' }, t('bulletinsMade')),
      bulletins.length
        ? recordTable({
            caption: t('bulletinsMade'),
            rows: bulletins,
            columns: [
              {
                text: t('bulletinNumber'),
                value: (b) =>
                  h(
                    'button',
                    {
                      type: 'button',
                      class: 'link',
                      data: { focus: `open-${b.id}`, bulletin: b.id ?? '' },
                      on: { click: () => go(`at.${b.id}`) },
                    },
                    b.number ?? `${kindName(b.kind)}（${t('bulletinStatusDraft')}）`,
                  ),
              },
              { text: t('bulletinDays'), value: (b) => `${b.from} – ${b.to}` },
              { text: t('issuedAt'), value: (b) => (b.issued_at ? timeText(b.issued_at) : '—'), narrow: false },
              {
                text: t('stateFilter'),
                value: (b) =>
                  b.replaced_by ? t('bulletinReplaced') : t(b.status === 'issued' ? 'bulletinHolds' : 'bulletinStatusDraft'),
                narrow: false,
              },
            ],
          })
        : emptyBox(t('bulletinNone'), mayIssue() ? t('bulletinNoneHint') : ''),
    ]),
  ];
}

/** @param {string} title */
const head = (title) =>
  h(
    'div',
    { class: 'section-title' },
    h('h2', null, title),
    h('button', { type: 'button', class: 'link', data: { focus: 'bulletin-home' }, on: { click: () => go('') } }, t('bulletinAll')),
  );

/** @param {Bulletin} b @returns {(Node | null | false)[]} */
function opened(b) {
  const issued = b.status === 'issued';
  return [
    head(issued ? t('bulletinIssuedOne') : b.id ? t('bulletinStatusDraft') : t('bulletinPreview')),
    b.replaced_by
      ? h(
          'div',
          { class: 'message is-error' },
          h('p', { class: 'message-title' }, t('bulletinReplacedBy', { number: b.replaced_by_number ?? '' })),
          h('button', { type: 'button', class: 'button', on: { click: () => go(`at.${b.replaced_by}`) } }, t('bulletinOpenIt')),
        )
      : null,
    ...(issued ? [files(b)] : mayIssue() ? makeBar(b) : []),
    h(
      'article',
      { class: 'bulletin-paper', data: { bulletin: b.id ?? 'preview', status: b.status } },
      h('h2', { class: 'bulletin-title', dir: 'auto' }, b.title),
      h('p', { class: 'bulletin-number-line' }, b.number ?? t('bulletinNoNumber')),
      h('p', { class: 'bulletin-number-line quiet' }, periodText(b)),
      b.replaces_number ? h('p', { class: 'bulletin-number-line' }, t('bulletinReplaces', { number: b.replaces_number })) : null,
      ...bulletinContent(b),
      h(
        'p',
        { class: 'quiet' },
        issued ? t('bulletinAsOf', { time: timeText(b.issued_at), by: b.issuer ?? '' }) : t('bulletinLive'),
        ' ',
        t('bulletinCovert'),
      ),
      h(
        'details',
        { class: 'more-filters' },
        h('summary', null, t('bulletinFormulaOf', { n: b.formula.version })),
        h('p', { class: 'quiet' }, t('formulaHow')),
        ...formulaTables(b.formula),
      ),
    ),
  ];
}

/** @param {Bulletin} b */
const files = (b) =>
  h(
    'div',
    { class: 'button-row' },
    ...['docx', 'xlsx'].map((format) =>
      h(
        'a',
        {
          class: 'button bulletin-file',
          href: `/api/bulletins/${b.id}/file?format=${format}`,
          download: '',
          data: { file: format },
        },
        tCode('bulletinFile', format),
      ),
    ),
    h('button', { type: 'button', class: 'button', data: { focus: 'bulletin-print' }, on: { click: () => print() } }, t('printNow')),
    mayIssue() && !b.replaced_by
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { focus: 'bulletin-correct' },
            title: dayText(b.on),
            on: { click: () => go(`new.${b.kind}.${b.on}.${b.id}`) },
          },
          t('bulletinCorrect'),
        )
      : null,
  );
