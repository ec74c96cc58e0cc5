// @ts-check
import { fill, h } from '../dom.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { areasNamed, street } from '../names.js';
import { sectionTabs } from '../parts/records.js';
import { activeFilters, buildFilters } from '../points/filters.js';
import { filterCount, filteredPoints, filterKeys as pointKeys, points } from '../points/points.js';
import { set, state, subscribe } from '../state.js';
import { buildControls } from './controls.js';
import { effectSection } from './effect.js';
import { loadKeyPlaces } from './keyPlaces.js';
import { buildClusterList, placesSection } from './places.js';
import { profileSection } from './profile.js';
import { filterKeys } from './question.js';
import { buildRanking } from './ranking.js';
import { recurrenceSection } from './recurrence.js';
import { followSituation, refreshSituation } from './refresh.js';

/** @typedef {{ key: string, signals: import('../loaded.js').Signal<any>[], load: () => void, content: () => (Node | null)[] }} Section */

/** What stands below the controls; the first is the ranking of what is on the map. @type {readonly Section[]} */
const sections = Object.freeze([profileSection, placesSection, recurrenceSection, effectSection]);

/** The supervisor's screen beside the map: figures, what the map shows, and what follows from it. @param {HTMLElement} box */
export function buildSituation(box) {
  const figures = h('div', { class: 'figures' });
  const controls = h('section', { class: 'situation-controls' });
  const tabs = h('div');
  const ranking = h('div', { class: 'ranking' });
  const clusterList = h('div', { class: 'ranking' });
  const other = h('div', { class: 'situation-section' });
  const filters = h('section', { class: 'filters' });
  box.append(
    activeFilters('in-panel'),
    figures,
    controls,
    h('section', null, tabs, h('div', null, ranking, clusterList), other),
    filters,
  );
  const lists = /** @type {HTMLElement} */ (ranking.parentElement);
  const open = () => sections.find(({ key }) => key === state().section);

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
  const renderSection = () => {
    if (state().area !== 'situation') return;
    const now = open();
    lists.hidden = now !== undefined;
    other.hidden = now === undefined;
    filters.hidden = now !== undefined || state().show !== 'density';
    fill(
      tabs,
      sectionTabs({
        label: t('situationParts'),
        now: now?.key ?? '',
        tabs: [
          { key: '', text: t('section_rank') },
          ...sections.map(({ key }) => ({ key, text: tCode('section', key) })),
        ],
        pick: (key) => set({ section: key }),
      }),
    );
    if (now) fill(other, ...now.content());
  };
  const load = () => {
    if (state().area !== 'situation') return;
    open()?.load();
    if (state().show === 'clusters' && open() !== placesSection) void loadKeyPlaces();
  };

  buildControls(controls);
  buildRanking(ranking);
  buildClusterList(clusterList);
  followSituation();
  subscribe([...pointKeys, 'lang'], renderFigures);
  points.signal.subscribe(renderFigures);
  subscribe(
    [
      'section',
      'area',
      'lang',
      'show',
      ...filterKeys,
      'within',
      'recurDays',
      'recurMetres',
      'treated',
      'controls',
      'beforeFrom',
      'beforeTo',
    ],
    () => {
      renderSection();
      load();
    },
  );
  for (const each of sections)
    for (const signal of each.signals)
      signal.subscribe(() => {
        if (open() === each && state().area === 'situation') fill(other, ...each.content());
      });
  areasNamed.subscribe(renderSection);
  renderFigures();
  renderSection();
  buildFilters(filters);
  load();
}

/** Asks anew for everything on the screen, as after an import. */
export const reloadSituation = () => refreshSituation({ fresh: true });

/** @param {string} label @param {string} value */
const figure = (label, value) =>
  h(
    'div',
    { class: 'figure' },
    h('span', { class: 'figure-value' }, value),
    h('span', { class: 'figure-label' }, label),
  );
