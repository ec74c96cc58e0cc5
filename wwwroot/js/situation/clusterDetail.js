// @ts-check
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { announce, emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { field, issueRow, list, titleBlock } from '../frame/parts.js';
import { attempts } from '../ids.js';
import { numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName } from '../names.js';
import { buildForm } from '../parts/form.js';
import { set, state } from '../state.js';
import { clusterTitle, categoriesText, spanText } from './clusterText.js';
import { addKeyPlace, mayNamePlaces } from './keyPlaces.js';
import { clusters } from './loads.js';
import { clustersQuery, filterWords, stateOf } from './question.js';

/** @typedef {import('../types.js').Feature} Feature */

/** Members listed before the person asks for all. */
const shortList = 12;

/** The one that is open. @type {{ head: HTMLElement, draw: () => void } | null} */
let current = null;
clusters.signal.subscribe(() => {
  if (current?.head.isConnected) current.draw();
});

/** One cluster: what it is made of, and its name when it becomes a key place. @param {HTMLElement} box @param {string} code @returns {() => void} */
export function showCluster(box, code) {
  const members = /** @type {Loader<{ features: Feature[] }>} */ (new Loader());
  const head = h('div');
  const form = h('div');
  const rows = h('div');
  fill(box, head, form, rows);
  const cluster = () => clusters.data?.features.find(({ properties }) => String(properties.cluster) === code);
  let asked = false;
  const draw = () => {
    const found = cluster();
    if (!found) return fill(head, clusters.signal.value.loading ? skeleton(4) : emptyBox(t('clusterGone')));
    const { properties } = found;
    fill(
      head,
      titleBlock(null, clusterTitle(properties), filterWords(state()).slice(1).join(' · ')),
      h(
        'dl',
        { class: 'fields' },
        field(t('size'), t('issuesN', { n: numberText(properties.size) })),
        field(t('category'), categoriesText(properties)),
        field(t('firstLast'), spanText(properties)),
        field(t('rule'), t('clusterRule', { m: state().eps, n: state().minPoints })),
      ),
    );
    if (!form.childElementCount && mayNamePlaces()) fill(form, nameForm(properties));
    if (!asked) {
      asked = true;
      members.signal.subscribe(drawRows);
      void members.load((signal) => get('/api/clusters/members', { ...clustersQuery(state()), cluster: code }, signal));
    }
    drawRows();
  };
  const drawRows = () => {
    const { loading, data, problem } = members.signal.value;
    if (problem)
      return fill(
        rows,
        problemBox(problem, () => void members.again(), ''),
      );
    if (!data) return fill(rows, loading ? skeleton(4) : null);
    fill(
      rows,
      h('h3', { class: 'small-title' }, t('membersN', { n: data.features.length })),
      list(
        data.features
          .slice(0, shortList)
          .map((each) =>
            issueRow({ .../** @type {any} */ (each.properties), id: String(each.properties.id ?? each.id) }, () =>
              set({ selected: `issue:${each.properties.id ?? each.id}` }),
            ),
          ),
      ),
      data.features.length > shortList
        ? h('p', { class: 'quiet' }, t('moreRows', { n: data.features.length - shortList }))
        : null,
    );
  };
  draw();
  current = { head, draw };
  return draw;
}

/** @param {any} properties of the cluster */
function nameForm(properties) {
  const now = state();
  const main = properties.categories?.[0]?.code ?? '';
  const idOf = attempts();
  return h(
    'details',
    { class: 'more-options key-place-form' },
    h('summary', { data: { focus: 'save-place' } }, t('saveKeyPlace')),
    buildForm({
      label: t('saveKeyPlace'),
      submit: t('saveKeyPlace'),
      fields: [
        { name: 'name', label: t('name'), required: true, maxLength: 60, hint: t('keyPlaceHint') },
        {
          name: 'category',
          label: t('category'),
          kind: 'select',
          value: now.category || main,
          options: [
            { value: '', text: t('allCategories') },
            ...(properties.categories ?? []).map((/** @type {any} */ { code }) => ({
              value: code,
              text: categoryName(code),
            })),
          ],
        },
        { name: 'watch_days', label: t('watchDays'), kind: 'number', value: 7, min: 1, max: 365 },
        { name: 'note', label: t('note'), kind: 'area', maxLength: 500 },
      ],
      run: async ({ name, category, watch_days: days, note }) => {
        const body = {
          name,
          category: category || undefined,
          watch_days: days === '' || days === null ? undefined : Number(days),
          note: note || undefined,
          from_cluster: {
            from: now.from || undefined,
            to: now.to || undefined,
            category: now.category || undefined,
            eps_metres: now.eps,
            min_points: now.minPoints,
            state: stateOf(now),
            shift: now.shift || undefined,
            cluster: properties.cluster,
          },
        };
        await addKeyPlace({ id: idOf(body), ...body });
        announce(t('keyPlaceSaved', { name }));
        set({ selected: '', section: 'places' });
      },
    }),
  );
}
