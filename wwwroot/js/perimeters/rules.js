// @ts-check
import { h } from '../dom.js';
import { nameOf, numberText, t, tCode } from '../i18n/index.js';
import { categoryName, venueCategoryName } from '../names.js';
import { state } from '../state.js';
import { loadedContent } from '../parts/records.js';
import { citationBlock } from './citation.js';
import { book, loadOverview, shownZones, toggleZone } from './loads.js';
import { unruledNote } from './schools.js';
import { limitText, methodText } from './verdicts.js';

/** @typedef {import('./types.js').Rule} Rule @typedef {import('./types.js').RuleBook} RuleBook */

export const rulesSignals = [book.signal];

export const loadRules = () => loadOverview();

/** The rules in force here on the day asked about, with how sure their wording is. */
export const rulesSection = () => [
  h('p', { class: 'quiet' }, t('rulesHint')),
  ...loadedContent(book, content, {
    rows: 6,
    empty: ({ rules }) => rules.length === 0,
    emptyTitle: t('rulesNone'),
    emptyHint: t('rulesNoneHint'),
  }),
];

/** @param {RuleBook} data */
const content = (data) => [
  ...data.packs.flatMap((pack) => {
    const own = data.rules.filter((rule) => rule.pack === pack.pack);
    return own.length
      ? [
          h(
            'h3',
            { class: 'section-title' },
            packName(pack),
            h(
              'span',
              { class: 'section-note' },
              t('packVersion', { version: pack.version, n: numberText(own.length) }),
            ),
          ),
          h(
            'ul',
            { class: 'per-rules' },
            ...own.map((rule) => h('li', { class: 'per-rule', data: { rule: rule.id } }, ...ruleCard(rule))),
          ),
        ]
      : [];
  }),
  ...unruledNote(data),
  ...undecidedNote(data.undecided ?? []),
];

/** @param {import('./types.js').Pack} pack */
const packName = (pack) => nameOf({ name: pack.name, nameEn: pack.name_en });

/** @param {Rule} rule */
function ruleCard(rule) {
  const shown = shownZones().includes(rule.id);
  const settled = rule.method_settled ?? rule.settled ?? false;
  const what = [
    ...(rule.venue_categories ?? []).map(venueCategoryName),
    ...(rule.issue_categories ?? []).map(categoryName),
  ].join(t('listJoin'));
  return [
    h('h4', { class: 'per-rule-name', dir: 'auto' }, nameOf({ name: rule.name, nameEn: rule.name_en })),
    h(
      'p',
      null,
      h('strong', null, limitText({ limit_m: rule.metres, inclusive: rule.inclusive })),
      ` ${methodText(rule)}`,
      settled ? '' : ` · ${t('notSettled')}`,
    ),
    what ? h('p', { class: 'row-note', dir: 'auto' }, `${t('ruleFor')} ${what}`) : null,
    h(
      'p',
      { class: 'row-note', dir: 'auto' },
      `${t('ruleSchools')} ${(rule.school_kinds ?? []).map((kind) => tCode('schoolKind', kind)).join(t('listJoin')) || t('anySchool')}`,
    ),
    rule.licensed_before ? h('p', { class: 'row-note' }, t('ruleException', { day: rule.licensed_before })) : null,
    rule.valid_from || rule.valid_until
      ? h('p', { class: 'row-note' }, t('ruleValid', { from: rule.valid_from ?? '…', until: rule.valid_until ?? '…' }))
      : null,
    citationBlock(rule),
    h(
      'button',
      {
        type: 'button',
        class: 'link',
        'aria-pressed': String(shown),
        data: { focus: `rule-zone-${rule.id}` },
        on: { click: () => toggleZone(rule.id) },
      },
      t(shown ? 'zoneHide' : 'zoneShow'),
    ),
  ];
}

/** Texts that say "around" without a number: named, with why nothing is computed from them. @param {import('./types.js').Undecided[]} texts */
const undecidedNote = (texts) =>
  texts.length
    ? [
        h('h3', { class: 'section-title' }, t('undecidedTitle')),
        h(
          'ul',
          { class: 'per-rules' },
          ...texts.map((text) =>
            h(
              'li',
              { class: 'per-rule', data: { undecided: text.id } },
              h('h4', { class: 'per-rule-name', dir: 'auto' }, nameOf({ name: text.name, nameEn: text.name_en })),
              h('p', { class: 'row-note', dir: 'auto' }, (state().lang === 'en' && text.why_en) || text.why),
              citationBlock(text),
            ),
          ),
        ),
      ]
    : [];
