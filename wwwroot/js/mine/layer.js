// @ts-check
import { anchorOf } from '../geo/places.js';
import { t } from '../i18n/index.js';
import { SymbolLayer } from '../map/symbolLayer.js';
import { symbolOf, typeName } from '../names.js';
import { queue } from '../queue/queue.js';
import { set, state, subscribe } from '../state.js';
import { dueOf, filteredMine, mine } from './mine.js';

/** My points on the map with what is due; done ones stay, dimmed. @param {import('../map/view.js').MapView} view */
export function buildMineLayer(view) {
  const symbols = new SymbolLayer(view, {
    minPoints: 5,
    radius: 34,
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_point') }),
    onOpen: (key) => set({ selected: key, panel: true, sheet: state().sheet === 'peek' ? 'half' : state().sheet }),
    onHover: (key) => set({ hover: key }),
  });
  const draw = () => {
    if (state().area !== 'mine') return;
    const items = [];
    for (const feature of filteredMine()) {
      const place = anchorOf(feature);
      const { code, type, name, placement } = feature.properties;
      const status = dueOf(feature);
      if (place)
        items.push({
          key: `point:${code}`,
          place,
          symbol: symbolOf(type),
          label: [name, typeName(type), t(`due_${status}`)].join(', '),
          placement,
          status: status === 'none' ? /** @type {const} */ ('') : status,
        });
    }
    symbols.setItems(items);
  };
  mine.signal.subscribe(({ loading }) => {
    if (!loading) draw();
  });
  queue.subscribe(draw);
  subscribe(['types', 'due', 'shift', 'lang'], draw);
  subscribe(['area'], ({ area }) => {
    symbols.show(area === 'mine');
    draw();
  });
  subscribe(['hover'], ({ hover }) => symbols.highlight(hover));
  subscribe(['selected'], ({ selected }) => symbols.select(selected.replace(/^visit:/, 'point:')));
  symbols.show(state().area === 'mine');
  symbols.select(state().selected);
}
