// @ts-check
import { fill, h } from '../dom.js';
import { todayText } from '../deadline.js';
import { numberText, t } from '../i18n/index.js';
import { issuesChanged } from '../issue/issue.js';
import { bulletinSection, bulletinSignals, loadBulletins } from '../bulletin/due.js';
import { areasNamed } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { alarms, checkCounts, checkSections, checkSignals } from './checks.js';
import { lettersSection, loadLetters, letterSignals } from './letters.js';
import { boardCounts, loadQueues, queueSection, queues, queueSignals } from './queues.js';
import { loadRates, rateSignals, ratesSection } from './rates.js';
import { vetoBanner } from './vetoes.js';
import { loadVisits, visitSignals, visitsSection } from './visits.js';

/** Parts of the board: what it shows, what it loads, and the number on its button. */
const sections = Object.freeze([
  ...queues.map(({ key }) => ({ key, content: () => queueSection(key), load: loadQueues })),
  { key: 'letters', content: lettersSection, load: loadLetters },
  { key: 'rates', content: ratesSection, load: loadRates },
  { key: 'visits', content: visitsSection, load: loadVisits },
  ...checkSections,
  { key: 'bulletin', content: bulletinSection, load: loadBulletins },
]);

/** The supervisor's day. @param {HTMLElement} box */
export function buildBoard(box) {
  const now = () => sections.find(({ key }) => key === state().section) ?? sections[0];
  const render = () => {
    if (state().area !== 'board') return;
    const open = now();
    const counts = { ...boardCounts(), ...checkCounts() };
    fill(
      box,
      h('h2', { class: 'section-title' }, t('area_board'), h('span', { class: 'section-note' }, todayText())),
      vetoBanner(),
      h(
        'nav',
        { class: 'board-figures', 'aria-label': t('boardParts') },
        ...sections.map(({ key }) =>
          h(
            'button',
            {
              type: 'button',
              class: `board-figure ${key === open.key ? 'is-on' : ''} ${alarms(key) ? 'is-alarm' : ''} is-${key}`,
              'aria-current': key === open.key ? 'true' : undefined,
              data: { focus: `board-${key}`, section: key },
              on: { click: () => set({ section: key }) },
            },
            h('span', { class: 'figure-label' }, t(/** @type {any} */ (`board_${key}`))),
            h('span', { class: 'figure-value' }, counts[key] === undefined ? '—' : figureText(counts[key])),
          ),
        ),
      ),
      h(
        'section',
        {
          class: 'board-section',
          id: 'board-section',
          'aria-label': t('boardPart', { name: t(/** @type {any} */ (`board_${open.key}`)) }),
        },
        ...open.content(),
      ),
    );
  };
  const load = () => {
    if (state().area !== 'board') return;
    for (const each of new Set(sections.map((section) => section.load))) void each();
  };
  subscribe(['area', 'section', 'lang'], render);
  subscribe(['area', 'street'], load);
  for (const signal of [
    ...queueSignals,
    ...letterSignals,
    ...rateSignals,
    ...visitSignals,
    ...bulletinSignals,
    ...checkSignals,
  ])
    signal.subscribe(render);
  areasNamed.subscribe(render);
  issuesChanged.subscribe(load);
  render();
  load();
}

/** @param {number | string} value */
const figureText = (value) => (typeof value === 'number' ? numberText(value) : value);
