// @ts-check
import { dayText } from '../deadline.js';
import { h } from '../dom.js';
import { t, tCode } from '../i18n/index.js';
import { icon } from '../symbols/symbol.js';
import { go, kindName, loadShelf, mayIssue, periodText, shelf } from './bulletins.js';

/** @typedef {import('./bulletins.js').Due} Due */

/** What is due, kind by kind: an alarm where a day was missed, and the button that makes it. @param {readonly Due[]} due */
export const dueCards = (due) =>
  h(
    'ul',
    { class: 'bulletin-due', 'aria-label': t('bulletinDue') },
    ...due.map((each) =>
      h(
        'li',
        { class: `bulletin-card is-${each.status}`, data: { due: each.kind, status: each.status } },
        h(
          'p',
          { class: 'bulletin-card-title' },
          each.status === 'missing' ? icon('warning', 16) : each.status === 'issued' ? icon('check', 16) : null,
          h('strong', null, kindName(each.kind)),
          h('span', { class: 'bulletin-status' }, tCode('bulletinStatus', each.status)),
        ),
        h('p', null, t('bulletinDueOn', { day: dayText(each.on) })),
        h('p', { class: 'quiet' }, periodText(each)),
        mayIssue() && each.status !== 'issued'
          ? h(
              'button',
              {
                type: 'button',
                class: `button ${each.status === 'none' ? '' : 'is-primary'}`,
                data: { focus: `make-${each.kind}`, make: each.kind },
                on: { click: () => go(`new.${each.kind}.${each.on}`) },
              },
              t('bulletinMake'),
            )
          : h('p', { class: 'quiet' }, t('bulletinNext', { day: dayText(each.next) })),
      ),
    ),
  );

/** A word for the board's button: the weekly bulletin's state. */
export const bulletinMark = () => {
  const weekly = shelf.data?.due.find(({ kind }) => kind === 'weekly');
  return weekly ? tCode('bulletinShort', weekly.status) : undefined;
};

export const bulletinSignals = [shelf.signal];

export const loadBulletins = loadShelf;

/** The board's part: what is due, and the way to the rest. */
export const bulletinSection = () => [
  h('div', { class: 'section-title' }, h('h3', null, t('board_bulletin'))),
  shelf.data ? dueCards(shelf.data.due) : null,
  h(
    'button',
    { type: 'button', class: 'link', data: { focus: 'to-bulletins' }, on: { click: () => go('') } },
    t('bulletinAll'),
  ),
];
