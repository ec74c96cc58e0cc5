// @ts-check
import { ApiProblem } from '../api.js';
import { h } from '../dom.js';
import { problemBox } from '../frame/messages.js';

/**
 * A button that does something at the service. It cannot be pressed twice; a refusal is written beside it.
 * @param {{ key: string, text: string, look?: string, run: () => Promise<void> }} spec
 */
export function actButton({ key, text, look = '', run }) {
  const trouble = h('span');
  const button = h(
    'button',
    {
      type: 'button',
      class: `button ${look}`,
      data: { focus: key },
      on: {
        click: async () => {
          button.disabled = true;
          trouble.replaceChildren();
          try {
            await run();
          } catch (reason) {
            if (!(reason instanceof ApiProblem)) throw reason;
            trouble.replaceChildren(problemBox(reason, null, ''));
          } finally {
            button.disabled = false;
          }
        },
      },
    },
    text,
  );
  return h('span', { class: 'act-button' }, button, trouble);
}
