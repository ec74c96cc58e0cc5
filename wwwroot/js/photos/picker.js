// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { store } from '../queue/store.js';
import { session } from '../session/session.js';
import { icon } from '../symbols/symbol.js';
import { shrink } from './shrink.js';

/** @typedef {import('../queue/store.js').PhotoRef} PhotoRef */

/** More than this from one place helps nobody. */
const most = 9;

/**
 * Takes photos of one kind; each is shrunk and kept on the device at once.
 * @param {{ kind: string, text: import('../i18n/index.js').TextKey, refs: () => readonly PhotoRef[], change: (refs: PhotoRef[]) => void,
 *   one?: boolean }} spec `refs`: all photos of the form; those of this kind are shown here
 */
export function photoPicker({ kind, text, refs, change, one = false }) {
  let busy = 0;
  let failure = '';
  const thumbs = h('ul', { class: 'thumbs' });
  const note = h('p', { class: 'hint', role: 'alert' });
  const input = h('input', {
    type: 'file',
    class: 'visually-hidden',
    accept: 'image/jpeg,image/png,image/webp',
    capture: 'environment',
    multiple: !one,
    data: { focus: `photo-${kind}`, photo: kind },
    on: { change: () => void take([...(input.files ?? [])]) },
  });
  const words = h('span');
  const button = h('label', { class: 'photo-button' }, input, icon('camera', 24), words);
  const box = h('div', { class: 'photos', role: 'group' }, thumbs, button, note);
  const own = () => refs().filter((ref) => ref.kind === kind);

  const take = async (/** @type {File[]} */ files) => {
    failure = '';
    for (const file of files.slice(0, one ? 1 : most - own().length)) {
      busy += 1;
      render();
      try {
        const picture = await shrink(file);
        const key = crypto.randomUUID();
        await store.photos.put({ key, account: session.value?.accountId ?? '', ...picture });
        change([...refs(), { key, kind }]);
        announce(t('shotTaken', { n: own().length }));
      } catch (reason) {
        if (!(reason instanceof DOMException)) throw reason;
        failure = t(reason.name === 'QuotaExceededError' ? 'shotNoRoom' : 'shotUnreadable', { file: file.name });
      }
      busy -= 1;
    }
    input.value = '';
    render();
  };
  const remove = async (/** @type {PhotoRef} */ ref) => {
    change(refs().filter((each) => each !== ref));
    await store.photos.delete(ref.key);
    render();
    input.focus();
  };
  const render = () => {
    box.setAttribute('aria-label', t(text));
    words.textContent = busy ? t('shotBusy') : t(text);
    button.hidden = own().length >= (one ? 1 : most);
    fill(thumbs, ...own().map((ref, i) => thumb(ref, i, () => void remove(ref))));
    thumbs.hidden = own().length === 0;
    note.textContent = failure;
    note.hidden = failure === '';
  };
  render();
  return { element: box, render };
}

/** Small pictures already drawn, by key. @type {Map<string, HTMLCanvasElement>} */
const drawn = new Map();

/** Drawn on a canvas, since the content policy allows no pictures from memory. @param {PhotoRef} ref @param {number} i @param {() => void} remove */
function thumb(ref, i, remove) {
  const canvas = drawn.get(ref.key) ?? h('canvas', { width: 144, height: 144 });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', t('shotN', { n: i + 1 }));
  if (!drawn.has(ref.key)) {
    drawn.set(ref.key, canvas);
    void paint(canvas, ref.key);
  }
  return h(
    'li',
    { class: 'thumb' },
    canvas,
    h(
      'button',
      { type: 'button', class: 'thumb-remove', 'aria-label': t('shotRemove', { n: i + 1 }), on: { click: remove } },
      icon('close', 16),
    ),
  );
}

/** @param {HTMLCanvasElement} canvas @param {string} key */
async function paint(canvas, key) {
  const stored = await store.photos.get(key);
  if (!stored) return;
  const picture = await createImageBitmap(new Blob([stored.bytes], { type: stored.type }));
  const side = Math.min(picture.width, picture.height);
  canvas
    .getContext('2d')
    ?.drawImage(
      picture,
      (picture.width - side) / 2,
      (picture.height - side) / 2,
      side,
      side,
      0,
      0,
      canvas.width,
      canvas.height,
    );
  picture.close();
}
