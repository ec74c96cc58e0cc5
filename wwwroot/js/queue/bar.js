// @ts-check
import { fill, h } from '../dom.js';
import { t } from '../i18n/index.js';
import { set, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { queue } from './queue.js';

/** How much still waits on this device; nothing when all is sent. @param {string} where */
export function queueBar(where) {
  const box = h('div', { class: 'queue-bar', 'aria-live': 'polite' });
  const render = () => {
    const waiting = queue.value.filter(({ state }) => state === 'waiting').length;
    const refused = queue.value.filter(({ state }) => state === 'refused').length;
    box.hidden = waiting + refused === 0;
    fill(
      box,
      box.hidden
        ? null
        : h(
            'button',
            {
              type: 'button',
              class: `queue-button ${refused ? 'is-refused' : ''}`,
              data: { focus: `queue-${where}` },
              on: { click: () => set({ selected: 'queue:all', sheet: 'full' }) },
            },
            icon(refused ? 'warning' : 'clock', 20),
            h(
              'span',
              null,
              [waiting ? t('queueWaiting', { n: waiting }) : '', refused ? t('queueRefused', { n: refused }) : '']
                .filter(Boolean)
                .join(' · '),
            ),
            icon('right', 16),
          ),
    );
  };
  queue.subscribe(render);
  subscribe(['lang'], render);
  render();
  return box;
}
