// @ts-check
import { h } from '../dom.js';
import { t, tCode, timeText } from '../i18n/index.js';
import { set } from '../state.js';

/** @param {import('./issue.js').LetterLink[]} letters */
export const letterLinks = (letters) =>
  h(
    'ul',
    { class: 'rows' },
    ...sorted(letters).map((letter) =>
      h(
        'li',
        { class: 'letter-row', data: { letter: letter.id } },
        h(
          'span',
          { class: 'row-main' },
          h('span', { class: 'row-title' }, `${tCode('letter', letter.kind)} ${letter.number ?? ''}`),
          h(
            'span',
            { class: 'row-note' },
            letter.issued_at ? timeText(letter.issued_at) : tCode('letterState', letter.state),
          ),
        ),
        ...letterButtons(letter),
      ),
    ),
  );

/** Oldest first, by number among those of one moment. @param {import('./issue.js').LetterLink[]} letters */
const sorted = (letters) =>
  letters.toSorted(
    (a, b) =>
      (a.issued_at ?? '9').localeCompare(b.issued_at ?? '9') ||
      (a.number ?? '').localeCompare(b.number ?? '', 'zh-CN', { numeric: true }),
  );

/** Word file and print page of one letter. @param {{ id: string, kind: string, number: string | null }} letter */
export const letterButtons = ({ id, kind, number }) => {
  const name = `${tCode('letter', kind)} ${number ?? ''}`.trim();
  return [
    h(
      'a',
      {
        class: 'link',
        href: `/api/letters/${encodeURIComponent(id)}.docx`,
        download: '',
        'aria-label': t('docxOf', { name }),
      },
      t('docx'),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'link',
        'aria-label': t('printOf', { name }),
        on: { click: () => set({ letter: id }) },
      },
      t('print'),
    ),
  ];
};
