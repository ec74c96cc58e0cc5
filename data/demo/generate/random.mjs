/**
 * A seeded generator of pseudo-random numbers (sfc32) with named streams, so that a change in one part of the
 * data leaves the other parts as they were. Uses 32-bit integer arithmetic only: same numbers on every machine.
 */

/** FNV-1a hash of a text, 32 bits. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193);
  }
  return h >>> 0;
}

/** Opens the stream of that name. */
export function stream(name) {
  let a = hash(name + '/a');
  let b = hash(name + '/b');
  let c = hash(name + '/c');
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();

  /** A number in [low, high). */
  const range = (low, high) => low + (high - low) * next();
  /** A whole number in [low, high], both ends included. */
  const int = (low, high) => low + Math.floor(next() * (high - low + 1));
  const pick = (list) => list[Math.floor(next() * list.length)];
  /** Approximately normal, mean 0, deviation 1 (sum of twelve; no logarithms, hence the same on every machine). */
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return sum;
  };
  /** An index of the list of weights, with probability proportional to the weight. */
  const weighted = (weights) => {
    let total = 0;
    for (const w of weights) total += w;
    let at = next() * total;
    for (let i = 0; i < weights.length; i++) {
      at -= weights[i];
      if (at < 0) return i;
    }
    return weights.length - 1;
  };
  const shuffle = (list) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  };
  return { next, range, int, pick, normal, weighted, shuffle };
}
