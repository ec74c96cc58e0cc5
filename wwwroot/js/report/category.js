// @ts-check
import { fill, h } from '../dom.js';
import { nameOf, t } from '../i18n/index.js';
import { categoryName, config } from '../names.js';
import { subscribe } from '../state.js';
import { changeReport, report } from './draft.js';

/** So many big buttons fit above the fold; what the street has most comes first. */
const first = 8;

/** What kind of problem it is. @param {HTMLElement} box */
export function buildCategory(box) {
  let choosing = false;
  let all = false;
  const pick = (/** @type {string} */ code) => {
    choosing = false;
    changeReport({ category: code });
    /** @type {HTMLElement | null} */ (box.querySelector('[data-focus=category-change]'))?.focus();
  };
  const render = () => {
    const { category } = report.value;
    if (category && !choosing) {
      return fill(
        box,
        h(
          'div',
          { class: 'step-row' },
          h('h3', { class: 'step-title' }, t('reportCategory')),
          h('strong', { class: 'step-value', dir: 'auto' }, categoryName(category)),
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              data: { focus: 'category-change' },
              on: {
                click: () => {
                  choosing = true;
                  render();
                },
              },
            },
            t('change'),
          ),
        ),
      );
    }
    const sorted = config().issueCategories.toSorted((a, b) => b.issues - a.issues);
    const shown = all ? config().issueCategories : sorted.slice(0, first);
    fill(
      box,
      h('h3', { class: 'step-title' }, t('reportCategory')),
      h(
        'div',
        { class: 'big-buttons', role: 'group', 'aria-label': t('reportCategory') },
        ...shown.map((each) =>
          h(
            'button',
            {
              type: 'button',
              class: 'big-button',
              'aria-pressed': String(each.code === category),
              data: { focus: `category-${each.code}`, category: each.code },
              on: { click: () => pick(each.code) },
            },
            nameOf(each),
          ),
        ),
        all || sorted.length <= first
          ? null
          : h(
              'button',
              {
                type: 'button',
                class: 'big-button is-more',
                data: { focus: 'category-more' },
                on: {
                  click: () => {
                    all = true;
                    render();
                  },
                },
              },
              t('moreCategories', { n: sorted.length - first }),
            ),
      ),
    );
  };
  report.subscribe(render);
  subscribe(['lang'], render);
  render();
}
