// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { holds } from '../session/session.js';
import { actName } from './actName.js';
import { extensionForm, stepForm, taskReplyForm } from './actionForm.js';
import { askedExtension } from './issue.js';

/** @typedef {import('./issue.js').Feature} Feature @typedef {import('./issue.js').Allowed} Allowed @typedef {import('./issue.js').Task} Task */

/** Steps that lead on; the first that is allowed is the one offered first. */
const forward = ['filed', 'dispatched', 'replied', 'rectified', 'verified', 'cancelled', 'reopened'];

/** Acts that end or turn back the case. */
const grave = ['rejected', 'merged', 'returned', 'cancelled'];

/**
 * What whoever is signed in may do with the issue now, and the form of what they chose.
 * @param {HTMLElement} box @param {Feature} feature
 */
export function buildActions(box, feature) {
  const { properties: p } = feature;
  const steps = [.../** @type {Allowed[]} */ (p.allowed ?? [])].sort((a, b) => rank(a.to) - rank(b.to));
  // Nobody whose role is only to look is offered a step, whatever body they belong to.
  const own = holds('handler') ? /** @type {Task[]} */ (p.tasks ?? []).filter(({ mine }) => mine) : [];
  const waiting = own.filter(({ role, state: now }) => role === 'cooperating' && now === 'open');
  const extends_ = own.some(({ role, state: now }) => role === 'lead' && now === 'open') && Boolean(p.open);
  if (!steps.length && !waiting.length && !extends_) {
    fill(box, p.open ? h('p', { class: 'quiet no-actions' }, t('noActions')) : null);
    return;
  }
  const title = h('h3', { class: 'small-title' }, t('actions'));
  const place = h('div', { class: 'action-form' });
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  let open = '';
  const close = () => {
    const back = buttons.get(open);
    open = '';
    fill(place);
    for (const button of buttons.values()) button.setAttribute('aria-expanded', 'false');
    back?.focus();
  };
  /** @param {string} key @param {string} text @param {string} look @param {(close: () => void) => HTMLElement} make */
  const add = (key, text, look, make) => {
    const button = h(
      'button',
      {
        type: 'button',
        class: `button ${look}`,
        'aria-expanded': 'false',
        data: { focus: `act-${key}`, act: key },
        on: {
          click: () => {
            if (open === key) return close();
            open = key;
            for (const [name, each] of buttons) each.setAttribute('aria-expanded', String(name === key));
            fill(place, make(close));
            announce(text);
            const first = /** @type {HTMLElement | null} */ (place.querySelector('input,select,textarea'));
            first?.focus();
            return undefined;
          },
        },
      },
      text,
    );
    buttons.set(key, button);
  };
  steps.forEach((step, i) => {
    const primary = i === 0 && forward.includes(step.to);
    const look = primary ? 'is-primary' : grave.includes(step.to) ? 'is-grave' : '';
    add(step.to, actName(p.state, step.to), look, (done) => stepForm(feature, step, done));
  });
  for (const task of waiting)
    add(
      `task-${task.no}`,
      t('act_task_reply', { body: task.body_name ?? task.body }),
      steps.length ? '' : 'is-primary',
      (done) => taskReplyForm(feature, task, done),
    );
  if (extends_) add('extension', t('act_extension'), '', (done) => extensionForm(feature, done));
  const asked = steps.some(({ to }) => to === 'extended') ? askedExtension(feature) : null;
  fill(
    box,
    asked
      ? h(
          'p',
          { class: 'message is-warning', dir: 'auto' },
          t('extensionWanted', { n: asked.days ?? 0, who: asked.actor ?? '', why: asked.note ?? '' }),
        )
      : null,
    title,
    h('div', { class: 'button-row' }, ...buttons.values()),
    place,
  );
}

/** @param {string} to */
const rank = (to) => {
  const at = forward.indexOf(to);
  return at < 0 ? forward.length : at;
};
