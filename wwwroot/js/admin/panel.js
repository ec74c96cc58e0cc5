// @ts-check
import { fill, h } from '../dom.js';
import { t } from '../i18n/index.js';
import { areasNamed } from '../names.js';
import { closeRegisterForm } from '../parts/register.js';
import { sectionTabs } from '../parts/records.js';
import { holds } from '../session/session.js';
import { set, state, subscribe } from '../state.js';
import { accountsSection } from './accounts.js';
import { auditSection } from './audit.js';
import { calendarSection } from './calendar.js';
import { campaignsSection } from './campaigns.js';
import { checklistsSection } from './checklists.js';
import { clocksSection } from './clocks.js';
import { bodiesSection, dutiesSection, peopleSection } from './ownership.js';
import { responsibilitySection } from './responsibility.js';
import { tokensSection } from './tokens.js';
import { visitRulesSection } from './visitRules.js';

/**
 * One part of administration.
 * @typedef {{ content: () => (Node | null | false)[], load: () => Promise<unknown>,
 *   signals: import('../loaded.js').Signal<any>[] }} Section
 * @typedef {(redraw: () => void, mayWrite: boolean) => Section} MakeSection
 */

/** @type {Readonly<Record<string, MakeSection>>} */
const makers = Object.freeze({
  accounts: accountsSection,
  bodies: bodiesSection,
  duties: dutiesSection,
  people: peopleSection,
  responsibility: responsibilitySection,
  campaigns: campaignsSection,
  visitRules: visitRulesSection,
  checklists: checklistsSection,
  calendar: calendarSection,
  clocks: clocksSection,
  tokens: tokensSection,
  audit: auditSection,
});

/** Parts that an auditor may look at. */
const forAuditors = ['accounts', 'bodies', 'duties', 'people', 'responsibility', 'campaigns', 'tokens', 'audit'];

/** @param {HTMLElement} box */
export function buildAdmin(box) {
  const keys = Object.keys(makers).filter((key) => holds('admin') || forAuditors.includes(key));
  /** @type {Map<string, Section>} */
  const made = new Map();
  const bar = h('div');
  const body = h('section', { class: 'board-section' });
  box.append(h('h2', { class: 'section-title' }), bar, body);
  const key = () => (keys.includes(state().section) ? state().section : keys[0]);
  const section = () => {
    const now = key();
    let it = made.get(now);
    if (!it) {
      it = makers[now](renderBody, holds('admin'));
      made.set(now, it);
      for (const signal of it.signals) signal.subscribe(renderBody);
    }
    return it;
  };
  const isOpen = () => state().area === 'admin';
  function renderBody() {
    if (isOpen()) fill(body, ...section().content());
  }
  const render = () => {
    if (!isOpen()) return;
    box.querySelector('h2')?.replaceChildren(t('area_admin'));
    fill(
      bar,
      sectionTabs({
        label: t('area_admin'),
        tabs: keys.map((each) => ({ key: each, text: t(/** @type {any} */ (`admin_${each}`)) })),
        now: key(),
        pick: (picked) => set({ section: picked }),
      }),
    );
    body.setAttribute('aria-label', t('adminPart', { name: t(/** @type {any} */ (`admin_${key()}`)) }));
    renderBody();
  };
  subscribe(['area', 'section', 'street'], () => {
    if (!isOpen()) return;
    closeRegisterForm();
    render();
    void section().load();
  });
  subscribe(['lang'], render);
  areasNamed.subscribe(renderBody);
  render();
  if (isOpen()) void section().load();
}
