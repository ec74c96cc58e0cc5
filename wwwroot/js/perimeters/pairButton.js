// @ts-check
import { h } from '../dom.js';
import { set } from '../state.js';

/**
 * A row of a list that stands for a venue at a school: it lights up on the map while it is pointed at, and opens the pair.
 * @param {string} key of the pair @param {string} name what the focus comes back to @param {string} look further classes
 * @param {...(Node | null)} content
 */
export function pairButton(key, name, look, ...content) {
  const hover = (/** @type {boolean} */ on) => () => set({ hover: on ? `pair:${key}` : '' });
  return h(
    'button',
    {
      type: 'button',
      class: `row ${look}`.trim(),
      data: { focus: name, row: `pair:${key}` },
      on: {
        click: () => set({ selected: `pair:${key}` }),
        mouseenter: hover(true),
        mouseleave: hover(false),
        focus: hover(true),
        blur: hover(false),
      },
    },
    ...content,
  );
}
