// @ts-check
/**
 * Colours of what the map shows. The sequential ramp has seven steps, light to dark, told apart by colour-blind readers and
 * in grey print; the diverging one goes from red over white to blue (red–blue is told apart in the common kinds of colour
 * blindness, where red–green is not). The class bounds over two periods are made as the service makes those of one.
 */

export const ramp = Object.freeze(['#ffffb2', '#fed976', '#feb24c', '#fd8d3c', '#fc4e2a', '#e31a1c', '#b10026']);
/** No issue is white; no data and never visited are hatched, so that none of them is taken for another. */
export const zeroColour = '#ffffff';

/** @type {Readonly<Record<string, string>>} hot and cold by how sure it is; the same hues for the quadrants of Moran and for trends */
export const classColours = Object.freeze({
  hot_99: '#b2182b',
  hot_95: '#ef8a62',
  hot_90: '#fddbc7',
  none: '#ffffff',
  cold_90: '#d1e5f0',
  cold_95: '#67a9cf',
  cold_99: '#2166ac',
  HH: '#b2182b',
  HL: '#f4a582',
  LH: '#92c5de',
  LL: '#2166ac',
  new: '#8e0152',
  intensifying: '#b2182b',
  persistent: '#ef8a62',
  sporadic: '#fddbc7',
  diminishing: '#67a9cf',
  historical: '#d1e5f0',
});

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

/**
 * Upper bounds of classes over the values above zero, so that two pictures can share one legend.
 * @param {readonly (number | null)[]} values @param {'quantile' | 'equal' | 'natural'} method @param {number} [most] classes
 * @returns {number[]}
 */
export function breaksOver(values, method, most = 7) {
  const sorted = values
    .filter((value) => value !== null && value > 0)
    .map(Number)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  if (method === 'natural') return naturalBreaks(sorted, most);
  const top = sorted[sorted.length - 1];
  const bounds = Array.from({ length: most }, (_, i) =>
    method === 'equal'
      ? i === most - 1
        ? top
        : (top * (i + 1)) / most
      : sorted[Math.ceil(((i + 1) * sorted.length) / most) - 1],
  );
  return [...new Set(bounds)];
}

/**
 * Bounds with the least sum of squared deviations from the classes' means: Fisher's exact algorithm (W. D. Fisher, "On
 * grouping for maximum homogeneity", JASA 53, 1958) over the distinct values, weighted by how often they occur.
 * @param {readonly number[]} sorted ascending @param {number} most @returns {number[]}
 */
function naturalBreaks(sorted, most) {
  const distinct = [...new Set(sorted)];
  const n = distinct.length;
  const k = Math.min(most, n);
  const weight = new Float64Array(n + 1);
  const sum = new Float64Array(n + 1);
  const square = new Float64Array(n + 1);
  const count = new Map();
  for (const value of sorted) count.set(value, (count.get(value) ?? 0) + 1);
  distinct.forEach((value, i) => {
    const w = count.get(value);
    weight[i + 1] = weight[i] + w;
    sum[i + 1] = sum[i] + w * value;
    square[i + 1] = square[i] + w * value * value;
  });
  /** Squared deviation of the distinct values from `a` (inclusive) to `b` (exclusive). @param {number} a @param {number} b */
  const cost = (a, b) => {
    const s = sum[b] - sum[a];
    return square[b] - square[a] - (s * s) / (weight[b] - weight[a]);
  };
  let best = Float64Array.from({ length: n + 1 }, (_, b) => (b === 0 ? Infinity : cost(0, b)));
  const cuts = [new Int32Array(n + 1)];
  for (let classes = 2; classes <= k; classes++) {
    const next = new Float64Array(n + 1).fill(Infinity);
    const cut = new Int32Array(n + 1);
    for (let b = classes; b <= n; b++) {
      for (let a = classes - 1; a < b; a++) {
        const total = best[a] + cost(a, b);
        if (total < next[b]) {
          next[b] = total;
          cut[b] = a;
        }
      }
    }
    best = next;
    cuts.push(cut);
  }
  const bounds = [];
  for (let classes = k, b = n; classes >= 1; classes--) {
    bounds.unshift(distinct[b - 1]);
    b = cuts[classes - 1][b];
  }
  return bounds;
}
