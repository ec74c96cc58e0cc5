// @ts-check
import { classColour, classColours, classOf, zeroColour } from '../geo/classes.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { areaName, gridShort } from '../names.js';
import { hexName, placeHexagons } from './hexNames.js';
import { daysText, levelOf, measureOf, trendDays } from './question.js';

/** Makes a picture of each kind of answer: a class for every cell, and what the classes mean in one sentence. */

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../state.js').State} State */
/**
 * @typedef {{ key: string, label: string, colour: string, hatch: '' | 'none' | 'never' | 'few', n: number }} Class
 * @typedef {{ code: string, key: string, name: string, parent: string | null, value: number | null, count: number,
 *   figure: string, cls: Class, lines: string[], more: Record<string, any> }} Cell
 * @typedef {{ show: State['show'], level: string, title: string, unit: string, days: string, sentence: string, notes: string[],
 *   classes: Class[], cells: Map<string, Cell>, shapes: Feature[] | null, refused: boolean }} Picture
 */

/** @param {string} key @param {string} label @param {string} colour @param {Class['hatch']} [hatch] @returns {Class} */
const cls = (key, label, colour, hatch = '') => ({ key, label, colour, hatch, n: 0 });

/** @param {{ code: string, name: string, parent?: string | null, level?: string }} cell @param {string} level */
export function cellName({ code, name, parent }, level) {
  if (level === 'community') return name;
  if (level === 'grid') return `${areaName(parent)} ${gridShort(code)}`.trim();
  return hexName(code);
}

/** @param {string} measure @param {number | null} value */
export function valueText(measure, value) {
  if (value === null || value === undefined) return '—';
  if (measure === 'overdue_share') return `${numberText(value * 100, 1)}%`;
  return numberText(value, measure === 'count' ? 0 : measure === 'per_km2' ? 1 : 2);
}

/** @param {Class} of @param {{ level: string, properties: any, figure?: string, value?: number | null, lines?: string[] }} cell @returns {Cell} */
function cell(of, { level, properties, figure, value, lines = [] }) {
  of.n += 1;
  const count = properties.count ?? 0;
  return {
    code: properties.code,
    key: `${level}:${properties.code}`,
    name: cellName(properties, level),
    parent: properties.parent ?? null,
    value: value === undefined ? (properties.value ?? null) : value,
    count,
    figure: figure ?? numberText(count),
    cls: of,
    lines: [...lines, of.label],
    more: properties,
  };
}

/** @param {readonly number[]} breaks @param {string} measure @returns {Class[]} lowest first */
const valueClasses = (breaks, measure) =>
  breaks.map((to, i) => {
    const from = i === 0 ? 0 : breaks[i - 1];
    return cls(`class-${i}`, rangeText(from, to, measure), classColour(i, breaks.length));
  });

/** Counts are whole, so a class begins one above the bound of the one before. @param {number} from @param {number} to @param {string} measure */
function rangeText(from, to, measure) {
  const first = measure === 'count' ? from + 1 : from;
  if (first === to) return valueText(measure, to);
  return from === 0 && measure !== 'count'
    ? `≤ ${valueText(measure, to)}`
    : `${valueText(measure, first)} – ${valueText(measure, to)}`;
}

/** @param {import('./loads.js').Density} data @param {readonly number[]} [shared] bounds of two periods together @returns {Picture} */
export function densityPicture(data, shared) {
  const { level, measure } = data.asked;
  if (level === 'hex') placeHexagons(data.features);
  const breaks = shared ?? data.breaks;
  const values = valueClasses(breaks, measure);
  const zero = cls('zero', t('zero'), zeroColour);
  const never = cls('never', t('neverVisited'), '', 'never');
  const none = cls('none', t('noData'), '', 'none');
  const cells = new Map();
  for (const { properties } of data.features) {
    const { value, status } = properties;
    const each = classOf(value, breaks);
    const of =
      status === 'never_visited'
        ? never
        : status === 'no_data' || each === 'none'
          ? none
          : each === 'zero'
            ? zero
            : values[each];
    const figure = value === null ? '—' : valueText(measure, value);
    const lines = [t('issuesN', { n: numberText(properties.count) })];
    if (measure !== 'count' && value !== null) lines.push(`${figure} ${tCode('unit', measure)}`);
    if (measure === 'per_visit') lines.push(t('visitsN', { n: numberText(properties.visits ?? 0) }));
    cells.set(properties.code, cell(of, { level, properties, figure, lines }));
  }
  const classes = [...values.reverse(), zero, ...(measure === 'per_visit' || never.n ? [never] : []), none];
  return {
    show: 'density',
    level,
    title: t('titleDensity', { measure: tCode('measure', measure), level: tCode('level', level) }),
    unit: tCode('unit', measure),
    days: daysText(data.asked),
    sentence: t(measure === 'per_visit' ? 'saysPerVisit' : 'saysDensity', { measure: tCode('measure', measure) }),
    notes: data.unplaced ? [t('unplaced', { n: numberText(data.unplaced) })] : [],
    classes,
    cells,
    shapes: level === 'hex' ? data.features : null,
    refused: false,
  };
}

/** One step of the time bar; the bounds are those of all steps. @param {import('./loads.js').Series} data @param {State} now @returns {Picture | null} */
export function stepPicture(data, now) {
  const index = tickIndex(data, now.tick);
  const step = data.steps[index];
  if (!step) return null;
  const { level } = data.asked;
  const values = valueClasses(data.breaks, 'count');
  const zero = cls('zero', t('zero'), zeroColour);
  const cells = new Map();
  for (const { counts, ...each } of data.cells) {
    const count = counts[index] ?? 0;
    const kind = classOf(count, data.breaks);
    const of = typeof kind === 'number' ? values[kind] : zero;
    const lines = [t(now.mode === 'open' ? 'openThenN' : 'issuesN', { n: numberText(count) })];
    cells.set(each.code, cell(of, { level, properties: { ...each, count }, value: count, lines }));
  }
  return {
    show: 'density',
    level,
    title: t(now.mode === 'open' ? 'titleOpenThen' : 'titleFound', { level: tCode('level', level) }),
    unit: tCode('unit', 'count'),
    days: now.mode === 'open' ? t('atEndOf', { day: step.to }) : daysText(step),
    sentence: t(now.mode === 'open' ? 'saysOpenThen' : 'saysStep'),
    notes: [],
    classes: [...values.reverse(), zero],
    cells,
    shapes: null,
    refused: false,
  };
}

/** The step that a day lies in; without one, the last. @param {{ steps: { from: string, to: string }[] }} data @param {string} tick */
export function tickIndex({ steps }, tick) {
  const index = tick ? steps.findIndex(({ from, to }) => from <= tick && tick <= to) : -1;
  return index >= 0 ? index : steps.length - 1;
}

const hotClasses = Object.freeze(['hot_99', 'hot_95', 'hot_90', 'none', 'cold_90', 'cold_95', 'cold_99']);
const moranClasses = Object.freeze(['HH', 'HL', 'LH', 'LL', 'none']);
const trendClasses = Object.freeze([
  'new',
  'intensifying',
  'persistent',
  'sporadic',
  'diminishing',
  'historical',
  'none',
]);

/** @param {readonly string[]} keys @param {string} prefix */
const namedClasses = (keys, prefix) =>
  new Map(keys.map((key) => [key, cls(key, tCode(prefix, key), classColours[key])]));

/** Hot and cold cells. @param {import('./loads.js').Hotspots} data @returns {Picture} */
export function classPicture(data) {
  const { level, measure } = data.asked;
  if (level === 'hex') placeHexagons(data.features);
  const moran = data.statistic === 'local_moran';
  const classes = namedClasses(moran ? moranClasses : hotClasses, moran ? 'moran' : 'hot');
  const none = cls('no_data', t('fewData'), '', 'few');
  const cells = new Map();
  for (const { properties } of data.features) {
    const of = classes.get(properties.class) ?? none;
    const z = moran ? properties.moran_i : properties.gi_star;
    const figure = z === null || z === undefined ? '—' : numberText(z, 2);
    const lines = [
      t('issuesN', { n: numberText(properties.count ?? 0) }),
      measure === 'count' ? '' : `${valueText(measure, properties.value)} ${tCode('unit', measure)}`,
      z === null || z === undefined ? '' : `${moran ? 'I' : 'z'} = ${figure}, q = ${smallText(properties.q)}`,
    ].filter(Boolean);
    cells.set(properties.code, cell(of, { level, properties, figure, value: z ?? null, lines }));
  }
  const tally = [...classes.values()];
  const sure = tally.filter(({ key }) => key !== 'none').reduce((sum, { n }) => sum + n, 0);
  return {
    show: 'hotspots',
    level,
    title: t(moran ? 'titleMoran' : 'titleHot', { measure: tCode('measure', measure), level: tCode('level', level) }),
    unit: moran ? 'I' : 'z',
    days: daysText(data.asked),
    sentence: t(moran ? 'saysMoran' : 'saysHot', { n: numberText(data.n ?? cells.size), sure: numberText(sure) }),
    notes: [],
    classes: [...tally, none],
    cells,
    shapes: level === 'hex' ? data.features : null,
    refused: false,
  };
}

/** @param {import('./loads.js').Trends} data @returns {Picture} */
export function trendPicture(data) {
  const { level } = data.asked;
  const classes = namedClasses(trendClasses, 'trend');
  const rest = /** @type {Class} */ (classes.get('none'));
  const cells = new Map();
  for (const each of data.cells) {
    const count = each.counts.reduce((sum, n) => sum + n, 0);
    const slope = each.slope === null || each.slope === undefined ? '—' : numberText(each.slope, 2);
    const lines = [t('issuesN', { n: numberText(count) }), t('slopeN', { n: slope }), `p = ${smallText(each.mk?.p)}`];
    cells.set(
      each.code,
      cell(classes.get(each.class) ?? rest, {
        level,
        properties: { ...each, count },
        value: each.mk?.z ?? null,
        figure: slope,
        lines,
      }),
    );
  }
  return {
    show: 'trends',
    level,
    title: t('titleTrend', { n: data.weeks.length, level: tCode('level', level) }),
    unit: t('slopeUnit'),
    days: trendDays(data.weeks),
    sentence: t('saysTrend', { n: data.weeks.length }),
    notes: [],
    classes: [...classes.values()],
    cells,
    shapes: null,
    refused: false,
  };
}

/** Everything hatched, and why. @param {import('../api.js').ApiProblem} problem @param {State} now @param {Feature[]} shapes @returns {Picture} */
export function refusedPicture(problem, now, shapes) {
  const { n, needed, reason } = problem.body;
  const level = levelOf(now);
  const few = cls('no_data', t('fewData'), '', 'few');
  const cells = new Map();
  for (const { properties } of level === 'hex' ? [] : shapes) {
    cells.set(properties.code, cell(few, { level, properties: { ...properties, count: 0 }, figure: '—', value: null }));
  }
  const known = tCode('tooFew', reason);
  return {
    show: now.show,
    level,
    title: t(now.show === 'trends' ? 'titleTrend' : 'titleHot', {
      n: now.weeks,
      measure: tCode('measure', measureOf(now)),
      level: tCode('level', level),
    }),
    unit: '',
    days: daysText(now),
    sentence: t('saysTooFew', {
      why: known === reason ? problem.message : known,
      n: numberText(n ?? 0),
      needed: numberText(needed ?? 0),
    }),
    notes: known === reason && problem.detail ? [problem.detail] : [],
    classes: [few],
    cells,
    shapes: null,
    refused: true,
  };
}

/** A probability as papers write it. @param {number | null | undefined} p */
export const smallText = (p) => (p === null || p === undefined ? '—' : p < 0.001 ? '< 0.001' : numberText(p, 3));
