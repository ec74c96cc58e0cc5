// @ts-check
import { buildCheckLayer } from './checkLayer.js';
import { installDraw } from './draw.js';
import { buildEventsLayer } from './eventsLayer.js';
import { buildPerimeterLayer } from './layer.js';
import { followPairPanel } from './pair.js';
import { buildPairLayer } from './pairLayer.js';
import { followSchool } from './schoolLoads.js';
import { followSchoolPanel } from './school.js';

/** All of the planner's screen that lies on the map. @param {import('../map/view.js').MapView} view */
export function buildPerimeterMap(view) {
  followSchool();
  followSchoolPanel();
  followPairPanel();
  buildPerimeterLayer(view);
  buildCheckLayer(view);
  buildEventsLayer(view);
  buildPairLayer(view, (box) => view.fit(box, true, 18));
  installDraw(view);
}
