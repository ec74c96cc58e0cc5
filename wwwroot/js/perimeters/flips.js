// @ts-check
import { h } from '../dom.js';
import { numberText, t } from '../i18n/index.js';
import { Signal } from '../loaded.js';
import { set } from '../state.js';
import { keyOf } from './keys.js';
import { ruleOf } from './names.js';
import { metresText, tallyMarks, verdictMark, verdictName } from './verdicts.js';

/**
 * @typedef {{ venue: string, venue_name: string, street?: string, rule: string, rule_name: string, from: string, to: string,
 *   straight_before: number | null, straight_after: number | null, walking_before: number | null, walking_after: number | null,
 *   lon: number, lat: number }} Flip
 * @typedef {{ school: string, before: import('./types.js').Tally, after: import('./types.js').Tally, flips: Flip[], same: number }} WhatIf
 */

/** Verdicts that would turn with what is drawn, for the map. */
export const flips = new Signal(/** @type {Flip[]} */ ([]));

/** @param {WhatIf} answer in one sentence, as it is read out */
export const flipWords = ({ flips: turned }) =>
  turned.length ? t('flipsN', { n: numberText(turned.length) }) : t('flipsNone');

/** @param {Flip} flip */
export const oneFlip = (flip) =>
  t('flipOne', {
    venue: flip.venue_name,
    rule: ruleOf(flip),
    from: verdictName(flip.from),
    to: verdictName(flip.to),
  });

/** @param {WhatIf} answer */
export const flipsBlock = (answer) => [
  h('h3', { class: 'section-title', data: { flips: String(answer.flips.length) } }, flipWords(answer)),
  h(
    'dl',
    { class: 'fields is-compact' },
    h('div', { class: 'field' }, h('dt', null, t('stateBefore')), h('dd', null, tallyMarks(answer.before))),
    h('div', { class: 'field' }, h('dt', null, t('stateAfter')), h('dd', null, tallyMarks(answer.after))),
  ),
  h(
    'ul',
    { class: 'flips' },
    ...answer.flips.slice(0, 60).map((flip) =>
      h(
        'li',
        {
          data: { flip: flip.venue },
          on: {
            mouseenter: () => set({ hover: flip.street ? `shop:${keyOf(flip.street, flip.venue)}` : '' }),
            mouseleave: () => set({ hover: '' }),
          },
        },
        h('span', { class: 'row-title', dir: 'auto' }, flip.venue_name),
        h(
          'span',
          { class: 'flip-turn' },
          verdictMark(flip.from),
          h('span', { 'aria-hidden': 'true' }, '→'),
          h('span', { class: 'visually-hidden' }, t('becomes')),
          verdictMark(flip.to),
        ),
        h(
          'span',
          { class: 'row-note', dir: 'auto' },
          `${ruleOf(flip)} · ${t('straight')} ${metresText(flip.straight_before)} → ${metresText(flip.straight_after)}` +
            (flip.walking_before === null && flip.walking_after === null
              ? ''
              : ` · ${t('walking')} ${metresText(flip.walking_before)} → ${metresText(flip.walking_after)}`),
        ),
      ),
    ),
  ),
  answer.flips.length > 60
    ? h('p', { class: 'quiet' }, t('flipsMore', { n: numberText(answer.flips.length - 60) }))
    : null,
];
