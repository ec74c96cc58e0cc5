// @ts-check
import { set, state } from '../state.js';

/** @typedef {import('../state.js').State['sheet']} Height */
/** @type {Height[]} */
const heights = ['peek', 'half', 'full'];

/**
 * On a phone the panel is a bottom sheet with three heights: the handle steps through them by tap or key and follows a finger.
 * @param {HTMLElement} panel @param {HTMLElement} handle
 */
export function attachSheet(panel, handle) {
  let startY = 0;
  let startHeight = 0;
  let dragged = false;
  handle.addEventListener('click', () => {
    if (dragged) return;
    const next = heights[(heights.indexOf(state().sheet) + 1) % heights.length];
    set({ sheet: next }, { replace: true });
  });
  handle.addEventListener('keydown', (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = Math.min(2, Math.max(0, heights.indexOf(state().sheet) + step));
    set({ sheet: heights[index] }, { replace: true });
  });
  handle.addEventListener('pointerdown', (event) => {
    startY = event.clientY;
    startHeight = panel.getBoundingClientRect().height;
    dragged = false;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const moved = startY - event.clientY;
    if (Math.abs(moved) > 6) dragged = true;
    if (dragged) panel.style.height = `${startHeight + moved}px`;
  });
  const release = (/** @type {PointerEvent} */ event) => {
    handle.releasePointerCapture(event.pointerId);
    if (!dragged) return;
    const share = panel.getBoundingClientRect().height / innerHeight;
    panel.style.removeProperty('height');
    set({ sheet: share < 0.3 ? 'peek' : share < 0.68 ? 'half' : 'full' }, { replace: true });
  };
  handle.addEventListener('pointerup', release);
  handle.addEventListener('pointercancel', release);
}
