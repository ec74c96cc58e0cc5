// @ts-check
import { fill, h } from '../dom.js';
import { announce, emptyBox, skeleton } from '../frame/messages.js';
import { field, titleBlock } from '../frame/parts.js';
import { numberText, t } from '../i18n/index.js';
import { categoryName } from '../names.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { buildForm } from '../parts/form.js';
import { set } from '../state.js';
import { dayOf, monthText, watchText } from './clusterText.js';
import { changeKeyPlace, dropKeyPlace, keyPlaces, loadKeyPlaces, mayNamePlaces, placeId } from './keyPlaces.js';

/** The one that is open. @type {{ head: HTMLElement, draw: () => void } | null} */
let current = null;
keyPlaces.signal.subscribe(() => {
  if (current?.head.isConnected) current.draw();
});

/** One key place: this month against the last, when it is due to be looked at. @param {HTMLElement} box @param {string} code @returns {() => void} */
export function showKeyPlace(box, code) {
  const head = h('div');
  const form = h('div');
  fill(box, head, form);
  let formFor = -1;
  const draw = () => {
    const { loading, data } = keyPlaces.signal.value;
    const found = data?.find((each) => placeId(each) === code);
    if (!found) {
      fill(head, loading ? skeleton(4) : emptyBox(t('keyPlaceGone')));
      return fill(form);
    }
    const p = found.properties;
    fill(
      head,
      titleBlock(null, p.name, t('keyPlaces')),
      h(
        'dl',
        { class: 'fields' },
        field(t('category'), p.category ? categoryName(p.category) : t('allCategories')),
        field(t('months'), monthText(p)),
        field(t('openIssues'), numberText(p.open ?? 0)),
        field(t('lastFound'), dayOf(p.last_found) || '—'),
        field(t('lastVisit'), dayOf(p.last_visit) || t('neverVisited')),
        field(t('watching'), watchText(p)),
        p.note ? field(t('note'), p.note) : null,
      ),
    );
    if (formFor !== p.revision && mayNamePlaces()) {
      formFor = p.revision;
      fill(form, changeForm(code, p), dropButton(code, p));
    }
  };
  draw();
  if (!keyPlaces.data) void loadKeyPlaces();
  current = { head, draw };
  return draw;
}

/** @param {string} id @param {any} p */
const changeForm = (id, p) =>
  h(
    'details',
    { class: 'more-options' },
    h('summary', null, t('edit')),
    buildForm({
      label: t('edit'),
      submit: t('save'),
      fields: [
        { name: 'name', label: t('name'), required: true, maxLength: 60, value: p.name },
        { name: 'watch_days', label: t('watchDays'), kind: 'number', min: 1, max: 365, value: p.watch_days ?? '' },
        { name: 'note', label: t('note'), kind: 'area', maxLength: 500, value: p.note ?? '' },
      ],
      run: async ({ name, watch_days: days, note }) => {
        const empty = days === '' || days === null;
        // What is left empty is taken away, which the service wants to be told by name.
        const clear = [empty && p.watch_days ? 'watch_days' : '', !note && p.note ? 'note' : ''].filter(Boolean);
        await changeKeyPlace(id, p.revision, {
          name,
          ...(empty ? {} : { watch_days: Number(days) }),
          ...(note ? { note } : {}),
          ...(clear.length ? { clear } : {}),
        });
        announce(t('keyPlaceSaved', { name }));
      },
    }),
  );

/** @param {string} id @param {any} p */
const dropButton = (id, p) =>
  actButton({
    key: 'drop-place',
    text: t('dropKeyPlace'),
    run: async () => {
      const yes = await confirmed({
        title: t('dropKeyPlace'),
        changes: [t('dropKeyPlaceText', { name: p.name, n: numberText(p.open ?? 0) })],
        yes: t('dropKeyPlace'),
        danger: true,
      });
      if (!yes) return;
      await dropKeyPlace(id, p.revision);
      set({ selected: '' });
    },
  });
