// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { sectionTabs } from '../parts/records.js';
import { set, state, subscribe } from '../state.js';
import { changesSignals, changesSection, loadChanges } from './changes.js';
import { checkSection, checkSignals, loadCheck } from './check.js';
import { eventsSection, eventsSignals, loadEvents } from './events.js';
import { compliance, followPerimeters, isOpen, perimetersChanged } from './loads.js';
import { loadPhaseOut, phaseOutSection, phaseOutSignals } from './phaseOut.js';
import { filteredPairs } from './rows.js';
import { loadRules, rulesSection, rulesSignals } from './rules.js';
import { schoolsSection, schoolsSignals } from './schools.js';

/**
 * @typedef {{ key: string, content: () => (Node | null | false)[], load?: () => void,
 *   signals: readonly { subscribe: (run: () => void) => void }[] }} Section
 */

/** Parts of the screen; the first is the list of schools. @type {readonly Section[]} */
const sections = Object.freeze([
  { key: '', content: schoolsSection, signals: schoolsSignals },
  { key: 'check', content: checkSection, load: loadCheck, signals: checkSignals },
  { key: 'changes', content: changesSection, load: loadChanges, signals: changesSignals },
  { key: 'phaseout', content: phaseOutSection, load: loadPhaseOut, signals: phaseOutSignals },
  { key: 'events', content: eventsSection, load: loadEvents, signals: eventsSignals },
  { key: 'rules', content: rulesSection, load: loadRules, signals: rulesSignals },
]);

/** Everything of the state that some section shows. @type {readonly (keyof import('../state.js').State)[]} */
const keys = Object.freeze([
  'area',
  'section',
  'lang',
  'street',
  'pVerdicts',
  'pCategories',
  'pKinds',
  'pRules',
  'pZones',
  'pOn',
  'pq',
  'pAt',
  'pCategory',
  'pAllowed',
  'season',
  'from',
  'to',
]);

/** The planner's screen beside the map. @param {HTMLElement} box */
export function buildPerimeters(box) {
  const tabs = h('div');
  const body = h('div', { class: 'per-section', id: 'per-section' });
  box.append(tabs, body);
  const now = () => sections.find(({ key }) => key === state().section) ?? sections[0];
  const render = () => {
    if (!isOpen()) return;
    const open = now();
    fill(
      tabs,
      h('h2', { class: 'visually-hidden' }, t('area_perimeters')),
      sectionTabs({
        label: t('perimeterParts'),
        now: open.key,
        tabs: sections.map(({ key }) => ({ key, text: t(/** @type {any} */ (`per_${key || 'schools'}`)) })),
        pick: (key) => set({ section: key }),
      }),
    );
    fill(body, ...open.content());
  };
  const load = () => {
    if (isOpen()) now().load?.();
  };
  followPerimeters();
  subscribe(keys, () => {
    render();
    load();
  });
  for (const section of sections)
    for (const signal of section.signals)
      signal.subscribe(() => {
        if (isOpen() && now() === section) fill(body, ...section.content());
      });
  compliance.signal.subscribe(({ loading, data }) => {
    if (isOpen() && !loading && data && now().key === '')
      announce(t('pairsN', { n: numberText(filteredPairs(data.rows).length) }));
  });
  perimetersChanged.subscribe(load);
  render();
}
