// @ts-check
import { h } from '../dom.js';

/**
 * Puts what is to be printed onto a sheet of its own while the browser prints, however printing was asked for.
 * @param {() => Element | null} paper what to print now, or null for the page as it is
 */
export function printable(paper) {
  addEventListener('beforeprint', () => {
    const shown = paper();
    if (!shown) return;
    const copy = /** @type {HTMLElement} */ (shown.cloneNode(true));
    for (const each of copy.querySelectorAll('details')) each.open = true;
    for (const each of copy.querySelectorAll('[data-focus]')) each.removeAttribute('data-focus');
    document.body.append(h('div', { class: 'bulletin-print', lang: document.documentElement.lang }, copy));
  });
  addEventListener('afterprint', () => {
    for (const each of document.querySelectorAll('.bulletin-print')) each.remove();
  });
}
