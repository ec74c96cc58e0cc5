// @ts-check
import { t, timeText } from '../i18n/index.js';
import { SymbolLayer } from '../map/symbolLayer.js';
import { set, state, subscribe } from '../state.js';
import { events, eventsOpen } from './events.js';

/** The stalls of the campaign where they were found, in the place of the venues. @param {import('../map/view.js').MapView} view */
export function buildEventsLayer(view) {
  const stalls = new SymbolLayer(view, {
    radius: 26,
    clusterClass: 'of-issues',
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_issue') }),
    onOpen: (key) => set({ selected: key, panel: true, sheet: 'half' }),
    onHover: (key) => set({ hover: key }),
  });
  const draw = () => {
    /** @type {Map<string, import('../map/symbolLayer.js').Item>} */
    const found = new Map();
    // One issue may lie within the zones of several schools and rules.
    for (const row of events.data?.rows ?? [])
      found.set(row.issue, {
        key: `issue:${row.issue}`,
        place: [row.lon, row.lat],
        symbol: 'issue',
        label: `${row.category_name}, ${timeText(row.found_at)}, ${row.school_name}`,
        size: 16,
      });
    stalls.setItems([...found.values()]);
  };
  const visibility = () => stalls.show(eventsOpen());
  events.signal.subscribe(({ loading }) => loading || draw());
  subscribe(['lang'], draw);
  subscribe(['area', 'section', 'selected'], visibility);
  subscribe(['hover'], ({ hover }) => stalls.highlight(hover));
  subscribe(['selected'], () => stalls.select(state().selected));
  visibility();
}
