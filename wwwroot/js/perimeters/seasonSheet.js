// @ts-check
import { todayText } from '../deadline.js';
import { fill, h } from '../dom.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { numberText, t, tCode, timeText } from '../i18n/index.js';
import { categoryName, config, street } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { distinct, events, eventsOpen, eventsQuery, isPeak, seasonTitle, sheetRules } from './events.js';
import { book } from './loads.js';
import { paperBar, paperScroll } from './paper.js';
import { limitText, metresText, methodText } from './verdicts.js';

/** @typedef {import('./events.js').Stall} Stall @typedef {import('./events.js').Stalls} Stalls */

/** More rows than this belong into a file. */
const mostRows = 1000;

/** The sheet of a drive against stalls as pages of A4, on the screen as on paper: `/?area=perimeters&section=events&print=1`. */
export function buildSeasonSheet() {
  const bar = h('div', { class: 'letter-bar' });
  const sheet = h('article', { class: 'evidence-sheet season-sheet' });
  const dialog = h('dialog', { class: 'letter-page evidence-page season-page' }, bar, sheet);
  document.body.append(dialog);
  const wanted = () => eventsOpen() && state().print;

  const draw = () => {
    if (!wanted()) return;
    const { data, loading, problem } = events.signal.value;
    dialog.setAttribute('aria-label', t('seasonSheetTitle'));
    fill(bar, ...paperBar('season', ['/api/perimeters/events', eventsQuery(), ['docx', 'xlsx']], Boolean(data)));
    fill(
      sheet,
      problem ? problemBox(problem, () => void events.again(), '') : null,
      !data && loading ? skeleton(8) : null,
      ...(data ? content(data) : []),
    );
  };
  const open = () => {
    if (!wanted()) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) dialog.showModal();
    draw();
  };
  dialog.addEventListener('close', () => {
    if (wanted()) set({ print: false });
  });
  events.signal.subscribe(draw);
  book.signal.subscribe(draw);
  subscribe(['print', 'area', 'section', 'selected'], open);
  subscribe(['lang', 'pRules', 'season', 'from', 'to'], draw);
  open();
}

/** @param {Stalls} data */
function content(data) {
  const issues = distinct(data.rows);
  const rules = sheetRules();
  const number = new Map(rules.map(({ id }, i) => [id, String(i + 1)]));
  return [
    h(
      'header',
      null,
      h('h1', null, t('seasonSheetTitle')),
      h('p', { dir: 'auto' }, `${street()?.name ?? ''} · ${seasonTitle(data)} · ${data.from} – ${data.to}`),
    ),
    h(
      'p',
      { class: 'explanation' },
      issues.length
        ? t('seasonOverall', {
            n: numberText(issues.length),
            schools: numberText(data.by_school.length),
            open: numberText(issues.filter((row) => row.open).length),
            peak: numberText(issues.filter((row) => row.school_peak).length),
          })
        : t('eventsNone'),
    ),
    h('h2', null, t('seasonRules')),
    paperTable(
      t('seasonRules'),
      [t('ruleNumber'), t('ruleFilter'), t('methodTitle'), t('limitWord'), t('ruleBasis')],
      [
        ...rules.map((rule) => [
          number.get(rule.id) ?? '',
          state().lang === 'en' && rule.name_en ? rule.name_en : rule.name,
          methodText(rule),
          limitText({ limit_m: rule.metres, inclusive: rule.inclusive }),
          [
            rule.citation.article ?? rule.citation.text,
            t('certaintyIs', { certainty: tCode('certainty', rule.certainty) }),
            rule.citation.verified ? '' : t('unverified'),
          ]
            .filter(Boolean)
            .join(' · '),
        ]),
      ],
      [3],
    ),
    h('h2', null, t('eventsBySchool')),
    paperTable(
      t('eventsBySchool'),
      [t('kind_school'), t('eventsCount'), t('eventsPeak'), t('eventsOpen')],
      data.by_school.map((row) => [row.name, numberText(row.n), numberText(row.peak), numberText(row.open)]),
      [1, 2, 3],
    ),
    h('h2', null, t('eventsByHour')),
    hourTable(data.by_hour),
    h('h2', null, t('eventsList')),
    paperTable(
      t('eventsList'),
      [
        t('eventsFound'),
        t('stallCode'),
        t('category'),
        t('kind_school'),
        t('stallGate'),
        t('toNearestGate'),
        t('ruleNumber'),
        t('stallState'),
      ],
      data.rows
        .slice(0, mostRows)
        .map((row) => [
          `${timeText(row.found_at)}${row.school_peak ? ' *' : ''}`,
          row.code ?? '—',
          state().lang === 'en' ? categoryName(row.category) : row.category_name,
          row.school_name,
          row.gate ?? '—',
          metresText(row.metres),
          number.get(row.rule) ?? row.rule_name,
          tCode('state', row.state),
        ]),
      [5],
    ),
    data.rows.length > mostRows
      ? h('p', null, t('seasonCut', { n: numberText(mostRows), all: numberText(data.rows.length) }))
      : null,
    h('p', { class: 'season-note' }, t('seasonNote')),
    h(
      'footer',
      { class: 'evidence-foot' },
      h('span', null, t('madeOn', { day: todayText() })),
      h(
        'span',
        null,
        config().reviewNumber ? t('reviewNumber', { n: config().reviewNumber ?? '' }) : t('reviewNumberSlot'),
      ),
      h('span', null, t('evidenceSigned')),
    ),
  ];
}

/** @param {string} caption @param {string[]} heads @param {string[][]} rows @param {readonly number[]} [numbers] columns of numbers */
const paperTable = (caption, heads, rows, numbers = []) =>
  paperScroll(
    caption,
    h(
      'table',
      { class: 'evidence-table' },
      h('caption', { class: 'visually-hidden' }, caption),
      h(
        'thead',
        null,
        h('tr', null, ...heads.map((text, i) => h('th', { scope: 'col', class: numberAt(numbers, i) }, text))),
      ),
      h(
        'tbody',
        null,
        ...rows.map((row) =>
          h('tr', null, ...row.map((text, i) => h('td', { class: numberAt(numbers, i), dir: 'auto' }, text))),
        ),
      ),
    ),
  );

/** @param {readonly number[]} numbers @param {number} i */
const numberAt = (numbers, i) => (numbers.includes(i) ? 'is-number' : undefined);

/** Half a day a line: 24 columns are too narrow to read. The hours of the school run are marked with a star. @param {readonly number[]} byHour */
const hourTable = (byHour) =>
  paperScroll(
    t('eventsByHour'),
    h(
      'table',
      { class: 'evidence-table is-hours' },
      h('caption', { class: 'visually-hidden' }, t('eventsByHour')),
      ...[0, 12].map((first) =>
        h(
          'tbody',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, t('hourWord')),
            ...byHour
              .slice(first, first + 12)
              .map((_, i) => h('th', { class: 'is-number' }, `${first + i}${isPeak(first + i) ? '*' : ''}`)),
          ),
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, t('eventsCount')),
            ...byHour
              .slice(first, first + 12)
              .map((n, i) =>
                h('td', { class: `is-number ${isPeak(first + i) ? 'is-peak' : ''}` }, n === 0 ? '–' : numberText(n)),
              ),
          ),
        ),
      ),
    ),
  );
