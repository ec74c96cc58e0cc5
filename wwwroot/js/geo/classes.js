// @ts-check
/** Sequential classes of the choropleth: seven steps, light to dark, told apart by colour-blind readers and in grey print. */

export const ramp = Object.freeze(['#ffffb2', '#fed976', '#feb24c', '#fd8d3c', '#fc4e2a', '#e31a1c', '#b10026']);
export const zeroColour = '#e4e8ee';

/**
 * The colour of one class; fewer than seven classes spread over the whole ramp so that the highest is always dark.
 * @param {number} index @param {number} classes @returns {string}
 */
export function classColour(index, classes) {
  if (classes <= 1) return ramp[3];
  return ramp[Math.round((index * (ramp.length - 1)) / (classes - 1))];
}

/**
 * @param {number | null | undefined} value @param {readonly number[]} breaks ascending upper bounds
 * @returns {number | 'zero' | 'none'} class index, or why there is none
 */
export function classOf(value, breaks) {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'none';
  if (value <= 0) return 'zero';
  const index = breaks.findIndex((bound) => value <= bound);
  return index < 0 ? breaks.length - 1 : index;
}
