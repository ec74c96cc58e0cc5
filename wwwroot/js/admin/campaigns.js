// @ts-check
import { get } from '../api.js';
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName } from '../names.js';
import { loadedContent } from '../parts/records.js';
import { state } from '../state.js';

/**
 * @typedef {{ number: number, measure: string, measure_en: string, bodies: string[] }} Measure
 * @typedef {{ place: string, place_en: string, behaviour: string, behaviour_en: string }} Place
 * @typedef {{ code: string, name: string, name_en: string, category: string, lead: string[], cooperating: string[],
 *   measures: Measure[], places: Place[] }} Campaign
 */

/** The seven campaigns of 2020, to look things up when duties are entered. @type {import('./panel.js').MakeSection} */
export function campaignsSection() {
  const loader = /** @type {Loader<{ campaigns: Campaign[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/campaigns', {}, signal));
  const content = () => [
    h('h3', { class: 'small-title' }, t('admin_campaigns')),
    h('p', { class: 'quiet' }, t('campaignsHint')),
    ...loadedContent(loader, ({ campaigns }) => campaigns.map(campaignBlock)),
  ];
  return { content, load, signals: [loader.signal] };
}

/** @param {Campaign} campaign */
function campaignBlock(campaign) {
  const english = state().lang === 'en';
  return h(
    'details',
    { class: 'more-filters', data: { campaign: campaign.code } },
    h('summary', { dir: 'auto' }, english ? campaign.name_en : campaign.name),
    h(
      'dl',
      { class: 'fields' },
      h('dt', null, t('category')),
      h('dd', null, categoryName(campaign.category)),
      h('dt', null, t('leadBody')),
      h('dd', null, campaign.lead.join('、')),
      h('dt', null, t('cooperatingBodies')),
      h('dd', null, campaign.cooperating.join('、') || '—'),
    ),
    h(
      'ol',
      { dir: 'auto' },
      ...campaign.measures.map((each) =>
        h('li', null, `${english ? each.measure_en : each.measure}（${each.bodies.join('、')}）`),
      ),
    ),
    campaign.places.length
      ? h(
          'p',
          { class: 'quiet', dir: 'auto' },
          `${t('namedPlaces')}：${campaign.places.map((each) => (english ? each.place_en : each.place)).join('、')}`,
        )
      : null,
  );
}
