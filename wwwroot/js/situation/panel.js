// @ts-check
import { density, loadDensity } from '../areas/areas.js';
import { fill, h, styled } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { classColour, classOf } from '../geo/classes.js';
import { nameOf, numberText, t } from '../i18n/index.js';
import { areaName, areasNamed, config, gridShort, street } from '../names.js';
import { activeFilters, buildFilters } from '../points/filters.js';
import { filterCount, filteredPoints, filterKeys, points } from '../points/points.js';
import { set, state, subscribe } from '../state.js';

/** Areas listed before the person asks for all. */
const shortList = 8;

/** Figures of the street, the choropleth's controls and ranking, and the point filters. @param {HTMLElement} box */
export function buildSituation(box) {
  const figures = h('div', { class: 'figures' });
  const controls = h('div', { class: 'density-controls' });
  const ranking = h('div', { class: 'ranking' });
  const filters = h('section', { class: 'filters' });
  box.append(activeFilters('in-panel'), figures, h('section', null, controls, ranking), filters);
  let all = false;

  const renderFigures = () => {
    const data = points.data ?? [];
    const shown = filteredPoints(state());
    fill(
      figures,
      figure(
        t('points'),
        filterCount(state()) ? `${numberText(shown.length)} / ${numberText(data.length)}` : numberText(data.length),
      ),
      figure(t('openIssues'), numberText(street()?.openIssues ?? 0)),
      figure(t('orphans'), numberText(data.filter(({ properties }) => properties.placement === 'orphan').length)),
    );
  };

  const renderControls = () => {
    const { density: level, measure, category, from, to } = state();
    const options = config().issueCategories;
    fill(
      controls,
      h('h2', { class: 'section-title' }, t('density')),
      segments(t('density'), 'density', level, [
        ['grid', t('byGrid')],
        ['community', t('byCommunity')],
        ['none', t('densityNone')],
      ]),
      level === 'none'
        ? null
        : segments(t('count'), 'measure', measure, [
            ['count', t('count')],
            ['per_km2', t('perKm2')],
          ]),
      level === 'none'
        ? null
        : h(
            'label',
            { class: 'select-row' },
            h('span', null, t('category')),
            h(
              'select',
              {
                data: { focus: 'category' },
                on: { change: (/** @type {any} */ event) => set({ category: event.target.value }) },
              },
              h('option', { value: '', selected: category === '' }, t('allCategories')),
              ...options.map((each) =>
                h('option', { value: each.code, selected: each.code === category }, nameOf(each)),
              ),
            ),
          ),
      level === 'none'
        ? null
        : h(
            'div',
            { class: 'date-row' },
            h('label', null, h('span', null, t('from')), dateInput('from', from)),
            h('label', null, h('span', null, t('to')), dateInput('to', to)),
          ),
    );
  };

  const renderRanking = () => {
    ranking.hidden = state().density === 'none';
    const { from, to } = state();
    if (from && to && from > to) return fill(ranking, emptyBox(t('datesReversed')));
    const { loading, data, problem } = density.signal.value;
    if (problem)
      return fill(
        ranking,
        problemBox(problem, () => void density.again()),
      );
    if (!data) return fill(ranking, loading ? skeleton(5) : null);
    const rows = data.features
      .filter(({ properties }) => properties.value > 0)
      .sort((a, b) => b.properties.value - a.properties.value || (a.properties.code < b.properties.code ? -1 : 1));
    if (rows.length === 0) return fill(ranking, emptyBox(t('noIssues')));
    const most = rows[0].properties.value;
    fill(
      ranking,
      list(rows.slice(0, all ? rows.length : shortList).map(({ properties }) => rankRow(properties, most, data))),
      rows.length > shortList
        ? h(
            'button',
            {
              type: 'button',
              class: 'link',
              data: { focus: 'more' },
              on: {
                click: () => {
                  all = !all;
                  renderRanking();
                },
              },
            },
            all ? t('showLess', { n: shortList }) : t('showMore', { n: rows.length }),
          )
        : null,
    );
  };

  subscribe([...filterKeys, 'lang'], renderFigures);
  points.signal.subscribe(renderFigures);
  subscribe(['density', 'measure', 'category', 'from', 'to', 'lang'], (_, changed) => {
    renderControls();
    if (changed.has('lang') || changed.has('from') || changed.has('to')) renderRanking();
  });
  subscribe(['density', 'measure', 'category', 'from', 'to'], () => void loadDensity());
  density.signal.subscribe(renderRanking);
  areasNamed.subscribe(renderRanking);
  renderFigures();
  renderControls();
  renderRanking();
  buildFilters(filters);
}

/** @param {string} label @param {string} value */
const figure = (label, value) =>
  h(
    'div',
    { class: 'figure' },
    h('span', { class: 'figure-value' }, value),
    h('span', { class: 'figure-label' }, label),
  );

/** @param {string} label @param {'density' | 'measure'} key @param {string} now @param {[string, string][]} options */
const segments = (label, key, now, options) =>
  h(
    'div',
    { class: 'segments', role: 'group', 'aria-label': label },
    ...options.map(([value, text]) =>
      h(
        'button',
        {
          type: 'button',
          class: 'segment',
          'aria-pressed': String(value === now),
          data: { focus: `${key}-${value}`, choice: value },
          on: { click: () => set({ [key]: value }) },
        },
        text,
      ),
    ),
  );

/** @param {'from' | 'to'} key @param {string} value */
const dateInput = (key, value) =>
  h('input', {
    type: 'date',
    value,
    max: config().today,
    data: { focus: key },
    on: { change: (/** @type {any} */ event) => set({ [key]: event.target.value }) },
  });

/** @param {any} properties @param {number} most @param {import('../types.js').Density} data */
function rankRow(properties, most, data) {
  const { density: level, measure } = state();
  const { code, name, value } = properties;
  const key = `${level}:${code}`;
  const each = classOf(value, data.breaks);
  const bar = styled(h('span', { class: 'bar' }), {
    width: `${Math.max(3, (value / most) * 100)}%`,
    background: typeof each === 'number' ? classColour(each, data.classes.length) : '#fff',
  });
  const title = level === 'grid' ? `${areaName(areaParent(code))} ${gridShort(code)}`.trim() : name;
  const row = rowButton({
    key,
    title,
    end: numberText(value, measure === 'per_km2' ? 1 : 0),
    open: () => set({ selected: key }),
    hover: (on) => set({ hover: on ? key : '' }),
  });
  row.append(h('span', { class: 'bar-track', 'aria-hidden': 'true' }, bar));
  return row;
}

/** @param {string} code */
const areaParent = (code) =>
  density.data?.features.find(({ properties }) => properties.code === code)?.properties.parent ?? code.slice(0, -3);
