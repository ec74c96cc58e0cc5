// @ts-check
import { ApiProblem } from '../api.js';
import { fill, h } from '../dom.js';
import { announce, problemTitle } from '../frame/messages.js';
import { t, tCode } from '../i18n/index.js';
import { shrink } from '../photos/shrink.js';
import { uploadPhoto } from '../photos/upload.js';
import { icon } from '../symbols/symbol.js';
import { photoAddress } from './photos.js';

/** @typedef {{ name: string, kind: string, sha256: string, problem: ApiProblem | null, busy: boolean, file: File, preview: string }} Picked */

/** What the service reads; HEIC is let through so that the service can say what to do instead. */
const accepted = 'image/jpeg,image/png,image/webp,image/heic,image/heif';

/** What the browser cannot read goes as it is: the service says what is wrong with it. @param {File} file */
async function prepared(file) {
  try {
    return await shrink(file);
  } catch (reason) {
    if (!(reason instanceof DOMException)) throw reason;
    const type = file.type || 'application/octet-stream';
    return { bytes: await file.arrayBuffer(), type, width: 0, height: 0 };
  }
}

/**
 * Photos chosen for a step. Each is sent at once, so that a slow one does not hold up the form; a failed one stays in
 * the list with its reason and can be sent again or taken out.
 * @param {{ kind: string, required: boolean }} what
 * @returns {{ element: HTMLElement, value: () => { sha256: string, kind: string }[], missing: () => string }}
 */
export function photoPicker({ kind, required }) {
  /** @type {Picked[]} */
  const picked = [];
  const list = h('ul', { class: 'picked' });
  const input = h('input', {
    type: 'file',
    accept: accepted,
    multiple: true,
    class: 'visually-hidden',
    data: { focus: `photos-${kind}`, photos: kind },
    on: {
      change: () => {
        for (const file of input.files ?? []) {
          const one = { name: file.name, kind, sha256: '', problem: null, busy: true, file, preview: '' };
          picked.push(one);
          void send(one);
        }
        input.value = '';
        render();
      },
    },
  });
  const element = h(
    'div',
    { class: 'photo-picker' },
    h('label', { class: 'button photo-button' }, icon('plus', 16), h('span', null, tCode('addPhoto', kind)), input),
    list,
  );

  /** @param {Picked} one */
  const send = async (one) => {
    one.busy = true;
    one.problem = null;
    render();
    try {
      one.sha256 = await uploadPhoto(await prepared(one.file));
      one.preview = photoAddress(one.sha256);
      announce(t('photoStored', { name: one.name }));
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      one.problem = reason;
      announce(t('photoRefused', { name: one.name }));
    }
    one.busy = false;
    render();
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  /** @param {Picked} one */
  const row = (one) =>
    h(
      'li',
      { class: 'picked-row', data: { sha256: one.sha256 } },
      one.preview ? h('img', { src: one.preview, alt: '', width: 44, height: 44 }) : null,
      h(
        'span',
        { class: 'row-main' },
        h('span', { class: 'row-title', dir: 'auto' }, one.name),
        one.busy ? h('span', { class: 'row-note' }, t('photoSending')) : null,
        one.problem ? h('span', { class: 'field-error' }, problemTitle(one.problem.code, one.problem.message)) : null,
      ),
      one.problem && (one.problem.status === 0 || one.problem.status >= 500 || one.problem.status === 429)
        ? h('button', { type: 'button', class: 'link', on: { click: () => void send(one) } }, t('retry'))
        : null,
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button is-small',
          'aria-label': t('photoRemove', { name: one.name }),
          on: {
            click: () => {
              picked.splice(picked.indexOf(one), 1);
              render();
              input.focus();
            },
          },
        },
        icon('close', 14),
      ),
    );
  const render = () => fill(list, ...picked.map(row));
  return {
    element,
    value: () => picked.filter(({ sha256 }) => sha256).map(({ sha256 }) => ({ sha256, kind })),
    missing: () => {
      if (picked.some(({ busy }) => busy)) return t('photoStillSending');
      if (required && !picked.some(({ sha256 }) => sha256)) return t('photoMissing', { kind: tCode('photo', kind) });
      return picked.some(({ problem }) => problem) ? t('photoFailedTake') : '';
    },
  };
}
