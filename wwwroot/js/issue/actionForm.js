// @ts-check
import { ApiProblem } from '../api.js';
import { h } from '../dom.js';
import { announce, problemBox, skeleton } from '../frame/messages.js';
import { attempts } from '../ids.js';
import { t, tCode } from '../i18n/index.js';
import { loadBodies } from '../ownership/bodies.js';
import { confirmed } from '../parts/confirm.js';
import { buildForm } from '../parts/form.js';
import { actName } from './actName.js';
import { bodyFields } from './bodyFields.js';
import { act, askedExtension, letters } from './issue.js';
import { mergePicker } from './mergePicker.js';
import { photoPicker } from './photoPicker.js';

/** @typedef {import('./issue.js').Feature} Feature @typedef {import('./issue.js').Allowed} Allowed @typedef {import('./issue.js').Task} Task
 * @typedef {import('../parts/form.js').Field} Field */

/** Steps that may carry photos though they need none. */
const mayHavePhotos = ['replied', 'verified', 'returned', 'cancelled', 'reopened', 'suspended'];

/** Which kind of photo belongs to a step that does not say. @param {string} to */
const kindFor = (to) =>
  to === 'rectified' ? 'after' : ['verified', 'cancelled'].includes(to) ? 'inspection' : 'evidence';

/**
 * The form of one step: it asks for what the step requires, and offers what it may carry.
 * @param {Feature} feature @param {Allowed} step @param {() => void} close
 */
export function stepForm(feature, step, close) {
  const { properties: p } = feature;
  const { to } = step;
  const needs = (/** @type {string} */ what) => step.requires.includes(what);
  const box = h('div');
  const idFor = attempts();
  /** @param {Field[]} bodies */
  const build = (bodies) => {
    /** @type {Field[]} */
    const fields = [...bodies];
    if (needs('merged_into'))
      fields.push({ name: 'merged_into', label: t('mergeTarget'), required: true, own: mergePicker(feature) });
    if (needs('days'))
      fields.push({
        name: 'days',
        label: t('extensionDays'),
        kind: 'number',
        required: true,
        min: 1,
        max: 60,
        value: askedExtension(feature)?.days ?? 3,
      });
    fields.push({
      name: 'note',
      label: tCode('noteOf', to) === to ? t('note') : tCode('noteOf', to),
      kind: 'area',
      required: needs('note'),
    });
    if (needs('photos') || mayHavePhotos.includes(to)) {
      const kind = step.photo_kind ?? kindFor(to);
      fields.push({
        name: 'photos',
        label: tCode('photo', kind),
        required: needs('photos'),
        kind: 'own',
        own: photoPicker({ kind, required: needs('photos') }),
      });
    }
    box.replaceChildren(
      buildForm({
        label: actName(p.state, to),
        fields,
        submit: actName(p.state, to),
        cancel: close,
        run: async (values) => {
          const body = clean({ to, ...values });
          const changes = changesOf(feature, to, body);
          const name = actName(p.state, to);
          if (changes && !(await confirmed({ title: name, changes, yes: name, danger: to === 'rejected' }))) return;
          await act(feature, 'transitions', { id: idFor(body), ...body });
          announce(t('stateIsNow', { state: tCode('state', to) }));
        },
      }),
    );
  };
  if (needs('body')) {
    const load = async () => {
      try {
        build(bodyFields(feature, await loadBodies(p.street)));
        focusFirst(box);
      } catch (reason) {
        if (!(reason instanceof ApiProblem)) throw reason;
        box.replaceChildren(problemBox(reason, () => void load(), ''));
      }
    };
    box.append(skeleton(3));
    void load();
  } else build([]);
  return box;
}

/** @param {HTMLElement} box */
const focusFirst = (box) =>
  /** @type {HTMLElement | null} */ (box.querySelector('input,select,textarea'))?.focus({ preventScroll: true });

/** Leaves out what was left empty. @param {Record<string, any>} values */
const clean = (values) =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== '' && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );

/**
 * What an official act will change, in numbers; null where nothing leaves the office.
 * @param {Feature} feature @param {string} to @param {Record<string, any>} body @returns {string[] | null}
 */
function changesOf({ properties: p }, to, body) {
  const photos = body.photos?.length ?? 0;
  if (to === 'dispatched' && p.state !== 'suspended') {
    const cooperating = body.cooperating?.length ?? 0;
    return [
      t('willSendNotices', { n: 1 + cooperating }),
      t('willStartTasks', { n: 1 + cooperating, lead: 1, cooperating }),
    ];
  }
  if (to === 'replied') return [t('willSendReply', { n: 1 }), t('willAttachPhotos', { n: photos })];
  if (to === 'cancelled')
    return [t('willClose', { n: 1 }), t('willKeep', { n: p.events?.length ?? 0, letters: letters.data?.length ?? 0 })];
  if (to === 'merged') return [t('willMerge', { n: 1 }), t('willClose', { n: 1 })];
  if (to === 'rejected') return [t('willClose', { n: 1 })];
  return null;
}

/** A cooperating body's own answer. @param {Feature} feature @param {Task} task @param {() => void} close */
export function taskReplyForm(feature, task, close) {
  const idFor = attempts();
  return buildForm({
    label: t('act_task_reply', { body: task.body_name }),
    fields: [
      { name: 'note', label: t('noteOf_replied'), kind: 'area', required: true },
      {
        name: 'photos',
        label: t('photo_evidence'),
        kind: 'own',
        own: photoPicker({ kind: 'evidence', required: false }),
      },
    ],
    submit: t('sendReply'),
    cancel: close,
    run: async (values) => {
      const body = clean(values);
      await act(feature, `tasks/${task.no}/reply`, { id: idFor(body), ...body });
      announce(t('replySent'));
    },
  });
}

/** Asks for more days; a supervisor decides. @param {Feature} feature @param {() => void} close */
export function extensionForm(feature, close) {
  const idFor = attempts();
  return buildForm({
    label: t('act_extension'),
    fields: [
      { name: 'days', label: t('extensionDays'), kind: 'number', required: true, min: 1, max: 60, value: 3 },
      { name: 'note', label: t('noteOf_extended'), kind: 'area', required: true },
    ],
    submit: t('act_extension'),
    cancel: close,
    run: async (values) => {
      await act(feature, 'extension-requests', { id: idFor(values), ...values });
      announce(t('extensionAsked'));
      close();
    },
  });
}
