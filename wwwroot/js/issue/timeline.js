// @ts-check
import { h } from '../dom.js';
import { t, tCode, timeText } from '../i18n/index.js';
import { actName } from './actName.js';
import { thumbnail } from './photos.js';

/** @typedef {import('./issue.js').LifeEvent} LifeEvent @typedef {import('./issue.js').Photo} Photo */

/** What happened, oldest first; nothing in it can be changed. @param {LifeEvent[]} events @param {Photo[]} photos of the issue */
export function timeline(events, photos) {
  const known = new Map(photos.map((photo) => [photo.sha256, photo]));
  return h('ol', { class: 'timeline' }, ...events.map((event) => entry(event, known)));
}

/** @param {LifeEvent} event @param {Map<string, Photo>} known */
function entry(event, known) {
  const late = event.occurred_at && Math.abs(Date.parse(event.recorded_at) - Date.parse(event.occurred_at)) > 600_000;
  return h(
    'li',
    { class: 'timeline-entry', data: { event: String(event.seq), to: event.to ?? '' } },
    h(
      'p',
      { class: 'timeline-head' },
      h('strong', null, headline(event)),
      h('time', { datetime: event.recorded_at }, timeText(event.recorded_at)),
    ),
    h(
      'p',
      { class: 'quiet', dir: 'auto' },
      [event.actor, event.role ? tCode('role', event.role) : '', event.body].filter(Boolean).join(' · '),
    ),
    late ? h('p', { class: 'quiet' }, t('occurredAt', { time: timeText(event.occurred_at) })) : null,
    event.days ? h('p', { class: 'quiet' }, t('extensionOf', { n: event.days })) : null,
    event.note ? h('p', { class: 'timeline-note', dir: 'auto' }, event.note) : null,
    event.photos?.length
      ? h(
          'div',
          { class: 'thumbnails' },
          ...event.photos.map((sha256) =>
            thumbnail(known.get(sha256) ?? { sha256, kind: 'evidence', orientation: 1, width: 0, height: 0 }, 56),
          ),
        )
      : null,
  );
}

/** @param {LifeEvent} event */
function headline({ from, to, kind }) {
  if (kind && kind !== 'transition' && kind !== 'created') return tCode('event', kind);
  return to ? actName(from ?? '', to) : t('event_note');
}
