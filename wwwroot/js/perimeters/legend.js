// @ts-check
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { state } from '../state.js';
import { symbolIcon } from '../symbols/symbol.js';
import { checkOpen } from './check.js';
import { zoneLegend } from './layer.js';
import { book, isOpen, stallsOpen, zones } from './loads.js';
import { verdictName, verdicts, verdictSymbol } from './verdicts.js';

export const legendSignals = [book.signal, zones];

/** What the map shows while the screen is open. @returns {{ swatch: Node, text: string }[]} */
export function perimeterLegend() {
  if (!isOpen()) return [];
  return [
    // Where stalls are shown, no venues are.
    ...(stallsOpen()
      ? [{ swatch: symbolIcon('issue', 14), text: t('legendStall') }]
      : verdicts.map((verdict) => ({ swatch: symbolIcon(verdictSymbol(verdict), 14), text: verdictName(verdict) }))),
    { swatch: symbolIcon('school', 14), text: t('legendSchool') },
    { swatch: symbolIcon('gate', 14), text: t('gate') },
    ...(checkOpen() && state().pAllowed ? [] : zoneLegend()).map(({ zone, text, metres }) => ({
      swatch: h('span', { class: `zone-key is-${zone}` }),
      text: t('legendZone', { name: text, m: metres }),
    })),
    ...(checkOpen() ? [{ swatch: h('span', { class: 'nearest-mark is-small' }), text: t('nearestMark') }] : []),
  ];
}
