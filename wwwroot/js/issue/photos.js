// @ts-check
import { h } from '../dom.js';
import { t, tCode } from '../i18n/index.js';

/** @typedef {import('./issue.js').Photo} Photo */

/** Taken before something was done about it; all other kinds show what came of it. */
const beforeKinds = ['scene', 'before'];

/** Photos side by side: as it was, and as it is now. @param {Photo[]} photos */
export function photoPairs(photos) {
  const before = photos.filter(({ kind }) => beforeKinds.includes(kind));
  const after = photos.filter(({ kind }) => !beforeKinds.includes(kind));
  /** @param {string} title @param {Photo[]} some */
  const column = (title, some) =>
    h(
      'div',
      { class: 'photo-column' },
      h('h3', { class: 'small-title' }, title),
      some.length ? some.map((photo) => figure(photo)) : h('p', { class: 'quiet' }, t('noPhotoYet')),
    );
  return h('div', { class: 'photo-pairs' }, column(t('photosBefore'), before), column(t('photosAfter'), after));
}

/** @param {Photo} photo */
const figure = (photo) =>
  h('figure', { class: 'photo' }, thumbnail(photo, 0), h('figcaption', { class: 'quiet' }, tCode('photo', photo.kind)));

/** @param {string} sha256 */
export const photoAddress = (sha256) => `/api/photos/${encodeURIComponent(sha256)}`;

/** @param {Photo} photo @returns {HTMLImageElement} turned as it was held */
const image = (photo) =>
  h('img', {
    src: photoAddress(photo.sha256),
    alt: tCode('photo', photo.kind),
    loading: 'lazy',
    class: `turned-${photo.orientation ?? 1}`,
  });

/** A square that opens the photo in full. @param {Photo} photo @param {number} size CSS pixels, 0 to fill its place */
export function thumbnail(photo, size) {
  const button = h(
    'button',
    {
      type: 'button',
      class: size ? 'thumbnail is-small' : 'thumbnail',
      'aria-label': t('openPhoto', { kind: tCode('photo', photo.kind) }),
      on: { click: () => enlarge(photo) },
    },
    image(photo),
  );
  return button;
}

/** @param {Photo} photo */
function enlarge(photo) {
  const dialog = h(
    'dialog',
    { class: 'lightbox', 'aria-label': tCode('photo', photo.kind) },
    h('div', { class: 'lightbox-photo' }, image(photo)),
    h('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, t('close')),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
