// @ts-check
/** How the zones of several rules are told apart: by hue, and without it by the dashes of their edge. */

/** @typedef {{ name: string, colour: string, dash: string }} ZoneStyle */

/** @type {readonly ZoneStyle[]} */
const styles = Object.freeze([
  { name: 'a', colour: '#7a3e8f', dash: '' },
  { name: 'b', colour: '#0f6a8f', dash: '8 5' },
  { name: 'c', colour: '#8a6100', dash: '2 5' },
  { name: 'd', colour: '#4d6b2f', dash: '10 4 2 4' },
]);

/** @param {number} place among the rules that are drawn */
export const zoneStyle = (place) => styles[Math.max(0, place) % styles.length];
