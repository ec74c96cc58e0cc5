// @ts-check
import { fill, h } from '../dom.js';
import { announce, emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { field, issueRow, list, rowButton } from '../frame/parts.js';
import { distanceText, numberText, t } from '../i18n/index.js';
import { symbolOf, typeName } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { ownerFindings, owners, ownersBlock } from './owners.js';
import { loadOwnership, ownership, radiusMetres } from './ownership.js';
import { allDuties, peopleHere, responsibleCard } from './responsible.js';

/** @typedef {import('../types.js').Ownership} Ownership @typedef {import('../types.js').Area} Area */

/** Whose place is this: the answer for the place asked about. @param {HTMLElement} box */
export function buildOwnership(box) {
  const render = () => {
    const { at, lang } = state();
    const { loading, data, problem } = ownership.signal.value;
    const head = h(
      'h2',
      { class: 'section-title', tabindex: -1, data: { focus: 'ownership-title' } },
      t('ownershipOf'),
    );
    if (state().area !== 'ownership') return;
    const top = [head, ...ownersBlock()];
    if (!at) return fill(box, ...top, emptyBox(t('ownershipHint')));
    if (problem?.code === 'outside-coverage') return fill(box, ...top, placeLine(at), outside(problem.body.nearest));
    if (problem)
      return fill(
        box,
        ...top,
        problemBox(problem, () => void ownership.again()),
      );
    if (!data) return fill(box, ...top, loading ? skeleton(6) : null);
    fill(box, ...top, placeLine([data.lon, data.lat]), ...answer(data, lang));
  };
  ownership.signal.subscribe((now) => {
    render();
    if (now.loading) return;
    const nearest = now.problem?.code === 'outside-coverage' ? now.problem.body.nearest : null;
    if (nearest) announce(t('ownershipOutside', { grid: nearest.name, m: distanceText(nearest.distance_m) }));
    else if (now.data)
      announce(t('ownershipIs', { community: now.data.community?.name ?? '', grid: now.data.grid?.name ?? '' }));
  });
  owners.signal.subscribe(render);
  ownerFindings.signal.subscribe(render);
  subscribe(['lang', 'area'], render);
  subscribe(['at', 'category'], () => {
    render();
    void loadOwnership();
  });
  render();
}

/** @param {readonly [number, number]} place */
function placeLine([lon, lat]) {
  const text = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
  const done = h('span', { class: 'copied', 'aria-live': 'polite' });
  const copy = h(
    'button',
    {
      type: 'button',
      class: 'icon-button is-small',
      'aria-label': t('copy'),
      title: t('copy'),
      on: {
        click: async () => {
          await navigator.clipboard?.writeText(text).catch(() => {});
          done.textContent = t('copied');
        },
      },
    },
    icon('copy', 14),
  );
  return h(
    'p',
    { class: 'place-line' },
    h('span', { class: 'visually-hidden' }, t('place')),
    h('span', null, text),
    copy,
    done,
  );
}

/** @param {Ownership} data @param {string} lang */
function answer(data, lang) {
  const counted = h(
    'p',
    { class: 'quiet' },
    `${t('inGrid')}：${t('pointsN', { n: numberText(data.points_in_grid) })} · ${t('openIssuesN', { n: numberText(data.open_issues_in_grid) })}`,
  );
  return [
    h(
      'dl',
      { class: 'fields owner' },
      areaField(t('street'), 'street', data.street),
      areaField(t('community'), 'community', data.community),
      areaField(t('grid'), 'grid', data.grid),
      field(
        t('placementIs'),
        data.placement === 'snapped'
          ? h('span', { class: 'snapped-mark' }, t('snappedBy', { m: distanceText(data.distance_m) }))
          : t('inside'),
      ),
    ),
    ...responsibleCard(data),
    allDuties(data),
    h('h3', { class: 'small-title' }, t('explanation')),
    h('p', { class: 'explanation', dir: 'auto' }, lang === 'en' ? data.explanation.en : data.explanation.zh),
    ...peopleHere(data),
    counted,
    h('h3', { class: 'small-title' }, t('nearPoints', { m: radiusMetres })),
    data.points.length
      ? list(
          data.points.map((point) =>
            rowButton({
              key: `point-${point.code}`,
              symbol: symbolOf(point.type),
              title: point.name,
              note: typeName(point.type),
              end: distanceText(point.distance_m),
              open: () => set({ selected: `point:${point.code}` }),
              hover: (on) => set({ hover: on ? `point:${point.code}` : '' }),
            }),
          ),
        )
      : h('p', { class: 'quiet' }, t('nonePoints', { m: radiusMetres })),
    h('h3', { class: 'small-title' }, t('nearIssues', { m: radiusMetres })),
    data.open_issues.length
      ? list(data.open_issues.map((issue) => issueRow(issue, () => set({ selected: `issue:${issue.id}` }))))
      : h('p', { class: 'quiet' }, t('noneIssues', { m: radiusMetres })),
  ];
}

/** @param {string} label @param {string} level @param {Area | null} area */
function areaField(label, level, area) {
  if (!area) return field(label, '—');
  const key = `${level}:${area.code}`;
  const open = h(
    'button',
    {
      type: 'button',
      class: 'link',
      data: { focus: `owner-${level}`, owner: level },
      on: {
        click: () => set({ selected: key }),
        mouseenter: () => set({ hover: key }),
        mouseleave: () => set({ hover: '' }),
      },
    },
    area.name,
  );
  return field(label, level === 'street' ? area.name : open, area.code);
}

/** @param {{ code: string, name: string, distance_m: number } | null | undefined} nearest */
const outside = (nearest) =>
  h(
    'div',
    { class: 'message is-warning' },
    h('p', { class: 'message-title' }, icon('warning'), h('span', null, t('outsideTitle'))),
    nearest
      ? h(
          'p',
          { dir: 'auto' },
          `${t('nearest')}：`,
          h(
            'button',
            { type: 'button', class: 'link', on: { click: () => set({ selected: `grid:${nearest.code}` }) } },
            nearest.name,
          ),
          ` ${t('distanceAway', { m: distanceText(nearest.distance_m) })}`,
        )
      : null,
  );
