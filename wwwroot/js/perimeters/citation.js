// @ts-check
import { h } from '../dom.js';
import { t, tCode } from '../i18n/index.js';
import { state } from '../state.js';

/** @typedef {import('./types.js').Citation} Citation */

/** Only an address of the web becomes a link. @param {string} text */
const isWeb = (text) => /^https?:\/\//i.test(text);

/**
 * What a rule says and where it stands, and plainly where nobody has compared it with the official text.
 * @param {{ citation: Citation, certainty?: string }} row
 */
export const citationBlock = ({ citation, certainty }) =>
  h(
    'div',
    { class: 'citation' },
    h(
      'p',
      { class: 'row-note', dir: 'auto' },
      citation.article ?? '',
      certainty ? ` · ${t('certaintyIs', { certainty: tCode('certainty', certainty) })}` : null,
      citation.link && isWeb(citation.link)
        ? [
            ' · ',
            h(
              'a',
              { href: citation.link, rel: 'noreferrer noopener', target: '_blank' },
              citation.link_text || citation.link,
            ),
          ]
        : null,
    ),
    wording(citation),
    citation.verified ? null : h('p', { class: 'unverified' }, t('unverified')),
  );

/** What the rule says, in this service's words. @param {Citation} citation */
function wording({ text, text_en: english }) {
  const said = state().lang === 'en' && english ? english : text;
  return said ? h('p', { class: 'wording', lang: said === text ? 'zh-CN' : 'en' }, said) : null;
}
