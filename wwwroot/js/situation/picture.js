// @ts-check
import { communities, grids } from '../areas/areas.js';
import { breaksOver } from '../geo/classes.js';
import { Signal } from '../loaded.js';
import { areasNamed } from '../names.js';
import { state, subscribe } from '../state.js';
import { classPicture, densityPicture, refusedPicture, stepPicture, trendPicture } from './classes.js';
import { density, densityB, hasTimeBar, hotspots, hotspotsB, isCompared, series, trends } from './loads.js';
import { levelOf, viewKeys } from './question.js';

/**
 * What is on the map now, whatever it was made from: cells with a class each, and the classes with what they mean. Map,
 * legend, list, table and print draw this and nothing else, so that they cannot disagree.
 */

/** @typedef {import('./classes.js').Picture} Picture @typedef {import('./classes.js').Cell} Cell */

/** @type {Signal<Picture | null>} */
export const picture = new Signal(/** @type {Picture | null} */ (null));
/** The second period beside it. @type {Signal<Picture | null>} */
export const pictureB = new Signal(/** @type {Picture | null} */ (null));

/** @param {string} level @returns {import('../types.js').Feature[]} shapes that the page has already */
export function shapesOf(level) {
  if (level === 'hex') return density.data?.asked.level === 'hex' ? density.data.features : [];
  return (level === 'community' ? communities.data : grids.data) ?? [];
}

/** What loads the map's cells now. */
export const mainLoader = () =>
  state().show === 'hotspots' ? hotspots : state().show === 'trends' ? trends : hasTimeBar(state()) ? series : density;

function paint() {
  const now = state();
  if (now.area !== 'situation' || now.show === 'clusters' || levelOf(now) === 'none') {
    picture.set(null);
    return pictureB.set(null);
  }
  const compared = isCompared(now);
  if (now.show === 'trends') {
    picture.set(trends.data ? trendPicture(trends.data) : refused(trends));
  } else if (now.show === 'hotspots') {
    picture.set(hotspots.signal.value.problem ? refused(hotspots) : hotspots.data && classPicture(hotspots.data));
    if (compared)
      pictureB.set(
        hotspotsB.signal.value.problem ? refused(hotspotsB) : hotspotsB.data && classPicture(hotspotsB.data),
      );
  } else if (hasTimeBar(now)) {
    picture.set(series.data && stepPicture(series.data, now));
  } else {
    const both = compared && density.data && densityB.data && density.data.asked.level === densityB.data.asked.level;
    const values = [...(density.data?.features ?? []), ...(densityB.data?.features ?? [])];
    // One legend for both: a colour means the same number on either side.
    const breaks = both
      ? breaksOver(
          values.map(({ properties }) => properties.value),
          now.breaks,
        )
      : undefined;
    picture.set(density.data && densityPicture(density.data, breaks));
    if (compared) pictureB.set(densityB.data && densityPicture(densityB.data, breaks));
  }
  if (!compared) pictureB.set(null);
}

/** The service says that there is too little to say anything: everything is hatched. @param {import('../loaded.js').Loader<any>} loader */
function refused(loader) {
  const { problem } = loader.signal.value;
  return problem?.code === 'too-few-to-tell' ? refusedPicture(problem, state(), shapesOf(levelOf(state()))) : null;
}

for (const loader of [density, densityB, hotspots, hotspotsB, trends, series, grids, communities])
  loader.signal.subscribe(() => paint());
areasNamed.subscribe(() => paint());
subscribe([...viewKeys, 'area', 'lang', 'step', 'tick', 'mode', 'vsFrom', 'vsTo'], () => paint());
