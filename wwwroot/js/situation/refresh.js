// @ts-check
import { state, subscribe } from '../state.js';
import { forgetHexagons } from './hexNames.js';
import {
  clusters,
  density,
  forget,
  hasTimeBar,
  hotspots,
  hotspotsB,
  densityB,
  loadCells,
  ask,
  series,
  trends,
  weeks,
} from './loads.js';
import {
  clustersQuery,
  datesReversed,
  densityQuery,
  filterKeys,
  levelOf,
  seriesQuery,
  trendsQuery,
  viewKeys,
} from './question.js';
import { barQuery, twelveWeeks } from './timeBar.js';

/** Loads what the screen shows; nothing while it is not looked at, and nothing twice. @param {{ fresh?: boolean }} [how] */
export function refreshSituation(how) {
  const now = state();
  if (now.area !== 'situation' || datesReversed(now)) return;
  const level = levelOf(now);
  if (now.show === 'clusters') return ask(clusters, '/api/clusters', clustersQuery(now), how);
  if (level === 'none') return;
  if (hasTimeBar(now)) ask(series, '/api/density/series', seriesQuery(now, barQuery()), how);
  if (now.show === 'trends') {
    ask(trends, '/api/trends', trendsQuery(now), how);
    // The hexagons' shapes come with their densities.
    if (level === 'hex') ask(density, '/api/density', densityQuery({ ...now, show: 'density' }), how);
    return;
  }
  loadCells(how);
  ask(weeks, '/api/density/series', seriesQuery(now, { ...twelveWeeks(now), level }), how);
}

/** Follows the state. */
export function followSituation() {
  subscribe(['street'], () => {
    for (const loader of [density, densityB, hotspots, hotspotsB, clusters, trends, series, weeks]) forget(loader);
    forgetHexagons();
  });
  subscribe([...filterKeys, ...viewKeys, 'area', 'step', 'mode', 'vsFrom', 'vsTo'], () => refreshSituation());
}
