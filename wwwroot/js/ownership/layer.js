// @ts-check
import { PlaceMark } from '../map/shapeLayer.js';
import { cellAt, openCell } from '../situation/layer.js';
import { set, state, subscribe } from '../state.js';

/** Work areas in which a click on the map asks; elsewhere it would take people away from what they do. */
const asking = ['situation', 'ownership', 'data'];

/** The mark of the place asked about; a click on the map asks. @param {import('../map/view.js').MapView} view */
export function buildOwnershipLayer(view) {
  const mark = new PlaceMark(view);
  const draw = () => {
    const { at, area } = state();
    mark.put(at && area === 'ownership' ? [at[0], at[1]] : null);
  };
  view.clicked.push(([lon, lat]) => {
    if (!asking.includes(state().area)) return;
    // Where the map is coloured, a click is about the colour.
    const cell = state().area === 'situation' ? cellAt([lon, lat]) : '';
    if (cell) return openCell(cell);
    set({
      at: [Number(lon.toFixed(7)), Number(lat.toFixed(7))],
      area: 'ownership',
      selected: '',
      panel: true,
      sheet: 'half',
    });
    view.reveal([lon, lat]);
  });
  subscribe(['at', 'area'], draw);
  draw();
}
