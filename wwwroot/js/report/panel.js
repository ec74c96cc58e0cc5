// @ts-check
import { fill, h } from '../dom.js';
import { announce, problemTitle } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { categoryName, streetCode } from '../names.js';
import { photoPicker } from '../photos/picker.js';
import { queueBar } from '../queue/bar.js';
import { enqueue, queue } from '../queue/queue.js';
import { holds } from '../session/session.js';
import { set, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { buildCategory } from './category.js';
import { bodyOf, changeReport, missing, newReport, report, restoreReport } from './draft.js';
import { subPlaces, textInput } from './inside.js';
import { buildNearby } from './nearby.js';
import { buildPlace } from './place.js';

/** Report a problem in under a minute: what, where, a photo, send. @param {HTMLElement} box @param {import('../map/view.js').MapView} view */
export function buildReport(box, view) {
  /** The report just made. @type {{ id: string, back: string } | null} */
  let made = null;
  let tried = false;
  let unkept = false;
  const head = h('h2', { class: 'section-title' });
  const about = h('div', { class: 'report-about' });
  const category = h('section', { class: 'step' });
  const place = h('section', { class: 'step' });
  const photos = h('section', { class: 'step' });
  const words = h('section', { class: 'step' });
  const nearby = h('section', { class: 'message is-warning step' });
  const foot = h('div', { class: 'send-bar' });
  const form = h('div', { class: 'report-form' }, about, category, place, photos, words, nearby, foot);
  const done = h('div', { class: 'report-done' });
  box.append(queueBar('report'), head, form, done);

  const change = (/** @type {any} */ refs) => changeReport({ photos: refs });
  const refs = () => report.value.photos;
  const pickers = /** @type {const} */ ({
    scene: photoPicker({ kind: 'scene', text: 'shotScene', refs, change }),
    before: photoPicker({ kind: 'before', text: 'shotBefore', refs, change, one: true }),
    after: photoPicker({ kind: 'after', text: 'shotAfter', refs, change, one: true }),
  });
  const note = h('textarea', {
    class: 'note-input',
    rows: 2,
    maxlength: 2000,
    data: { focus: 'report-note' },
    on: { input: () => changeReport({ note: note.value }) },
  });
  /** @type {Record<'building' | 'floor', HTMLInputElement>} */
  const inside = { building: textInput('building', 60), floor: textInput('floor', 20) };

  const submit = async () => {
    tried = true;
    const lacks = missing(report.value);
    if (lacks.length) {
      renderFoot();
      announce(lacks.map((key) => t(key)).join(' '));
      return;
    }
    if (guard.stops()) return;
    await sendIt();
  };
  const sendIt = async () => {
    const value = report.value;
    if (missing(value).length) return;
    const body = bodyOf(value, streetCode());
    const wanted = value.photos.filter(({ kind }) => (value.fixed ? kind !== 'scene' : kind === 'scene'));
    // Kept first, sent second: whatever happens to the network, nothing is lost.
    try {
      await enqueue({
        id: value.id,
        kind: 'issue',
        title: categoryName(value.category),
        body,
        photos: wanted,
        draft: { ...value, photos: wanted },
      });
    } catch {
      unkept = true;
      return renderFoot();
    }
    made = { id: value.id, back: value.back };
    tried = unkept = false;
    await newReport({ keep: wanted });
    note.value = '';
    renderDone();
    renderShape();
  };
  const guard = buildNearby(nearby, () => void sendIt());

  const renderShape = () => {
    form.hidden = made !== null;
    done.hidden = made === null;
    // The thanks for the last one must not be read out for the next.
    if (!made) fill(done);
  };
  const renderHead = () => {
    head.textContent = t('reportTitle');
    const { point, pointName, back } = report.value;
    fill(
      about,
      point ? h('p', { class: 'quiet', dir: 'auto' }, `${t('pointOf')}：${pointName || point}`) : null,
      back ? backButton(back) : null,
    );
    about.hidden = !point && !back;
  };
  const renderPhotos = () => {
    const { fixed } = report.value;
    fill(
      photos,
      h('h3', { class: 'step-title' }, t('reportPhotos')),
      h(
        'label',
        { class: 'layer-row is-strong' },
        h('input', {
          type: 'checkbox',
          checked: fixed,
          data: { focus: 'fixed' },
          on: { change: (/** @type {any} */ event) => changeReport({ fixed: event.target.checked, covert: false }) },
        }),
        h('span', null, t('fixedOnSpot')),
      ),
      ...(fixed ? [pickers.before.element, pickers.after.element] : [pickers.scene.element]),
    );
    for (const picker of Object.values(pickers)) picker.render();
  };
  const renderWords = () => {
    note.value = report.value.note;
    inside.building.value = report.value.building;
    inside.floor.value = report.value.floor;
    const supervisor = holds('supervisor') && !report.value.fixed;
    fill(
      words,
      h('label', { class: 'note' }, h('span', { class: 'step-title' }, t('reportNote')), note),
      h(
        'details',
        { class: 'inside', open: report.value.building !== '' || report.value.subPlace !== '' },
        h('summary', null, t('insideBuilding')),
        h(
          'div',
          { class: 'inside-fields' },
          h('label', null, h('span', null, t('building')), inside.building),
          h('label', null, h('span', null, t('floor')), inside.floor),
          subPlaces(),
        ),
      ),
      supervisor
        ? h(
            'label',
            { class: 'layer-row is-strong' },
            h('input', {
              type: 'checkbox',
              checked: report.value.covert,
              data: { focus: 'covert' },
              on: { change: (/** @type {any} */ event) => changeReport({ covert: event.target.checked }) },
            }),
            h('span', null, t('covert')),
          )
        : null,
    );
  };
  const renderFoot = () => {
    const lacks = missing(report.value);
    fill(
      foot,
      unkept ? h('p', { class: 'hint', role: 'alert' }, t('keepFailed')) : null,
      tried && lacks.length ? h('p', { class: 'hint', role: 'alert' }, lacks.map((key) => t(key)).join(' ')) : null,
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary is-large is-wide',
          data: { focus: 'report-send' },
          on: { click: () => void submit() },
        },
        icon('send', 20),
        h('span', null, report.value.fixed ? t('sendFixed') : t('sendReport')),
      ),
    );
  };
  const renderDone = () => {
    if (!made) return fill(done);
    const { id, back } = made;
    const item = queue.value.find((each) => each.id === id);
    const sent = item?.state === 'sent';
    fill(
      done,
      h(
        'div',
        { class: `message ${sent ? 'is-done' : item?.state === 'refused' ? 'is-error' : ''}`, role: 'status' },
        h(
          'p',
          { class: 'message-title' },
          icon(sent ? 'check' : item?.state === 'refused' ? 'warning' : 'clock'),
          h('span', null, t(sent ? 'reportSent' : item?.state === 'refused' ? 'reportRefused' : 'reportKept')),
        ),
        h(
          'p',
          { dir: 'auto' },
          sent
            ? (item?.title ?? '')
            : item?.state === 'refused' && item.problem
              ? `${problemTitle(item.problem.code, item.problem.title)} ${item.problem.detail}`
              : t('reportKeptHint'),
        ),
      ),
      back ? backButton(back) : null,
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary is-large is-wide',
          data: { focus: 'report-another' },
          on: {
            click: () => {
              made = null;
              renderShape();
              /** @type {HTMLElement | null} */ (category.querySelector('button'))?.focus();
            },
          },
        },
        t('reportAnother'),
      ),
      sent
        ? h(
            'button',
            { type: 'button', class: 'button is-wide', on: { click: () => set({ selected: `issue:${id}` }) } },
            t('reportSee'),
          )
        : null,
    );
  };
  const backButton = (/** @type {string} */ back) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button is-wide',
        data: { focus: 'report-back' },
        on: {
          click: () => {
            made = null;
            renderShape();
            set({ area: 'mine', selected: back });
          },
        },
      },
      t('backToVisit'),
    );
  const render = () => {
    renderHead();
    renderPhotos();
    renderWords();
    renderFoot();
    renderDone();
    renderShape();
  };

  buildCategory(category);
  buildPlace(place, view);
  let shape = '';
  report.subscribe((value) => {
    // Typing must not take the field away under the fingers: only what changes the form's shape draws it again.
    const now = JSON.stringify([value.id, value.fixed, value.covert, value.photos.length, value.point, value.back]);
    if (now !== shape) {
      if (value.id !== JSON.parse(shape || '[""]')[0]) words.replaceChildren();
      renderHead();
      renderPhotos();
      if (!words.contains(document.activeElement)) renderWords();
    }
    shape = now;
    // Begun elsewhere, at a visit or from what was refused: the form shows, not the thanks for the last one.
    if (made && (value.category || value.back)) {
      made = null;
      renderShape();
    }
    renderFoot();
  });
  queue.subscribe(renderDone);
  subscribe(['lang'], render);
  render();
  void restoreReport().then(render);
}
