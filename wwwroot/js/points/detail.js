// @ts-check
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { field, issueRow, list, titleBlock } from '../frame/parts.js';
import { problemBox, skeleton } from '../frame/messages.js';
import { distanceText, numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { visitButton, visitParts } from '../mine/pointParts.js';
import { areaName, placementText, streetCode, symbolOf, typeName } from '../names.js';
import { set } from '../state.js';

/** @typedef {import('../types.js').Feature & { issues?: any[] }} PointDetail */

const loader = /** @type {Loader<PointDetail>} */ (new Loader());

/** One point with its place and latest issues. @param {HTMLElement} box @param {string} code @returns {() => void} draws it again */
export function showPoint(box, code) {
  const draw = () => {
    const { loading, data, problem } = loader.signal.value;
    if (problem)
      fill(
        box,
        problemBox(problem, () => void loader.again()),
      );
    else if (data && String(data.properties.code) === code) fill(box, ...content(data));
    else if (loading) fill(box, skeleton(8));
  };
  loader.signal.listeners = [draw];
  void loader.load((signal) => get(`/api/points/${encodeURIComponent(code)}`, { street: streetCode() }, signal), {
    forget: true,
  });
  return draw;
}

/** @param {PointDetail} feature */
function content(feature) {
  const { properties: p, issues = [] } = feature;
  return [
    titleBlock(symbolOf(p.type), p.name, `${typeName(p.type)} · ${p.code}`),
    visitButton(p),
    ...visitParts(feature),
    h(
      'dl',
      { class: 'fields' },
      field(t('community'), areaName(p.community) || t('outsideAll')),
      field(t('grid'), p.grid ? areaName(p.grid) : t('outsideAll'), p.grid),
      field(
        t('placementIs'),
        p.placement === 'snapped' && p.snap_distance_m !== null
          ? t('snappedBy', { m: distanceText(p.snap_distance_m) })
          : placementText(p),
      ),
      field(t('openIssues'), numberText(p.open_issues ?? 0)),
    ),
    Array.isArray(p.shares) && p.shares.length > 1
      ? [
          h('h3', { class: 'small-title' }, t('shares')),
          h(
            'dl',
            { class: 'fields is-tight' },
            ...p.shares.map((/** @type {any} */ each) =>
              field(areaName(each.grid), `${numberText(each.share * 100, 1)} %`),
            ),
          ),
        ]
      : [],
    h('h3', { class: 'small-title' }, t('recentIssues')),
    issues.length
      ? list(issues.map((issue) => issueRow(issue, () => set({ selected: `issue:${issue.id}` }))))
      : h('p', { class: 'quiet' }, t('noRecentIssues')),
  ].flat();
}
