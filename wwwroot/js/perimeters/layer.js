// @ts-check
import { anchorOf, extent } from '../geo/places.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { ShapeLayer } from '../map/shapeLayer.js';
import { SymbolLayer } from '../map/symbolLayer.js';
import { set, state, subscribe } from '../state.js';
import { checkOpen } from './check.js';
import { eventsOpen } from './events.js';
import { codesOf, keyOf } from './keys.js';
import { compliance, isOpen, schoolFeature, schools, shownZones, summary, zones } from './loads.js';
import { facets, filteredPairs } from './rows.js';
import { detail } from './schoolLoads.js';
import { rank, verdictName, verdictSymbol } from './verdicts.js';
import { categoryOf, ruleText } from './names.js';
import { zoneStyle } from './zoneStyles.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('./types.js').Pair} Pair */

/** The school and the venue that the pointer or the selection is about. @param {string} key @returns {{ school: string, venue: string }} */
export function meant(key) {
  const cut = key.indexOf(':');
  const [kind, rest] = [key.slice(0, cut), key.slice(cut + 1)];
  if (kind === 'campus' || kind === 'perimeter') return { school: rest, venue: '' };
  if (kind === 'shop') return { school: '', venue: rest };
  if (kind !== 'pair') return { school: '', venue: '' };
  const codes = codesOf(rest);
  return codes.length === 4
    ? { school: keyOf(codes[0], codes[1]), venue: keyOf(codes[2], codes[3]) }
    : { school: '', venue: '' };
}

/** Pairs on the map: those that the filters leave; with a school open, all of that school's. @returns {Pair[]} */
export function mapPairs() {
  const open = meant(state().selected);
  if (open.school && detail.data?.school === open.school) {
    const beside = compliance.data
      ? filteredPairs(compliance.data.rows).filter((pair) => pair.school !== open.school)
      : [];
    return [...detail.data.pairs, ...beside];
  }
  return compliance.data ? filteredPairs(compliance.data.rows) : [];
}

/** Campuses, gates, zones and venues by verdict. @param {import('../map/view.js').MapView} view */
export function buildPerimeterLayer(view) {
  /** While one asks what may open where, a click asks, whatever lies under it. @param {(key: string) => void} open @returns {(key: string, place: import('../types.js').LonLat) => void} */
  const orAsk = (open) => (key, place) => {
    if (checkOpen()) view.click(place);
    else open(key);
  };
  const zoneLayer = new ShapeLayer(view, {
    pane: 'fill',
    interactive: false,
    key: ({ properties }) => `zone:${properties.rule}`,
    style: ({ properties }) => {
      const { colour, dash } = zoneStyle(shownZones().indexOf(properties.rule));
      return { color: colour, weight: 2, dashArray: dash || undefined, fillColor: colour, fillOpacity: 0.07 };
    },
  });
  const campus = { color: '#1f5fbf', weight: 2, fillColor: '#1f5fbf', fillOpacity: 0.16 };
  const campuses = new ShapeLayer(view, {
    pane: 'shape',
    key: ({ properties }) => `campus:${keyOf(properties.street, properties.code)}`,
    style: ({ properties }) => (properties.neighbour ? { ...campus, dashArray: '5 4', fillOpacity: 0.06 } : campus),
    hoverStyle: () => ({ weight: 4, fillOpacity: 0.3 }),
    tooltip: ({ properties }) => [
      properties.name,
      tCode('schoolKind', properties.kind),
      properties.neighbour ? t('neighbour') : '',
    ],
    onHover: (key) => set({ hover: key }),
    onOpen: orAsk((key) => openSchool(key)),
  });
  const signs = new SymbolLayer(view, {
    // A school is never hidden in a number.
    minPoints: 10000,
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_school') }),
    onOpen: orAsk((key) => openSchool(key)),
    onHover: (key) => set({ hover: key }),
  });
  const gates = new SymbolLayer(view, {
    minPoints: 10000,
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_gate') }),
    onOpen: orAsk((key) => openSchool(`campus:${gateSchools.get(key) ?? ''}`)),
    onHover: (key) => set({ hover: key && `campus:${gateSchools.get(key) ?? ''}` }),
  });
  const venues = new SymbolLayer(view, {
    radius: 22,
    maxZoom: 16,
    clusterClass: 'of-verdicts',
    clusterLabel: (n) => t('clusterLabel', { n, kind: t('kind_venue') }),
    onOpen: orAsk((key) => openVenue(key)),
    onHover: (key) => set({ hover: key }),
  });
  /** @type {Map<string, string>} */
  const gateSchools = new Map();
  /** @type {Map<string, Pair[]>} */
  let byVenue = new Map();

  const openSchool = (/** @type {string} */ key) =>
    set({ selected: `perimeter:${key.slice('campus:'.length)}`, panel: true, sheet: 'half' });
  const openVenue = (/** @type {string} */ key) => {
    const pairs = byVenue.get(key) ?? [];
    const open = meant(state().selected).school;
    const pair = pairs.find(({ school }) => school === open) ?? pairs[0];
    if (pair) set({ selected: `pair:${pair.key}`, panel: true, sheet: 'half' });
  };

  const drawSchools = () => {
    const features = schools.data?.features ?? [];
    campuses.setFeatures(features);
    const worst = new Map((summary.data?.schools ?? []).map((each) => [keyOf(each.street, each.code), each.worst]));
    gateSchools.clear();
    signs.setItems(
      features.flatMap((feature) => {
        const { name, street, code } = feature.properties;
        const key = keyOf(street, code);
        const place = anchorOf(feature);
        const says = worst.get(key);
        const label = says ? `${name} ${verdictName(says)}` : name;
        return place ? [{ key: `campus:${key}`, place, symbol: 'school', label, size: 22 }] : [];
      }),
    );
    gates.setItems(
      features.flatMap(({ properties: { street, code, gates: own = [] } }) =>
        own.map((/** @type {import('./types.js').Gate} */ gate) => {
          const key = `gate:${keyOf(street, code, gate.code)}`;
          gateSchools.set(key, keyOf(street, code));
          return {
            key,
            place: /** @type {[number, number]} */ ([gate.lon, gate.lat]),
            symbol: 'gate',
            label: `${gate.name}${gate.main ? ` ${t('mainGate')}` : ''}`,
            size: gate.main ? 17 : 14,
          };
        }),
      ),
    );
  };
  const drawZones = () =>
    zoneLayer.setFeatures(
      [...zones.value].flatMap(([rule, loader]) =>
        (loader.data?.features ?? []).flatMap((feature) => zoneFeatures(feature, rule)),
      ),
    );
  const drawVenues = () => {
    byVenue = new Map();
    for (const pair of mapPairs()) {
      const key = `shop:${pair.venue}`;
      byVenue.set(key, [...(byVenue.get(key) ?? []), pair]);
    }
    venues.setItems(
      [...byVenue].map(([key, pairs]) => {
        pairs.sort((a, b) => rank(a.worst.verdict) - rank(b.worst.verdict));
        const { worst } = pairs[0];
        return {
          key,
          place: /** @type {[number, number]} */ ([worst.lon, worst.lat]),
          symbol: verdictSymbol(worst.verdict),
          label: `${worst.venue_name}, ${categoryOf(worst)}, ${verdictName(worst.verdict)}`,
          text: worst.verdict === 'compliant' ? '' : tCode('verdictShort', worst.verdict),
          size: worst.verdict === 'compliant' ? 14 : 20,
        };
      }),
    );
  };
  const light = () => {
    const now = meant(state().hover || state().selected);
    campuses.highlight(now.school ? `campus:${now.school}` : '');
    signs.highlight(now.school ? `campus:${now.school}` : '');
    venues.highlight(now.venue ? `shop:${now.venue}` : '');
  };
  const visibility = () => {
    // While a school is drawn, nothing lies over its handles.
    const drawing = state().pDraw && state().selected.startsWith('perimeter:');
    campuses.show(isOpen());
    venues.show(isOpen() && !eventsOpen());
    signs.show(isOpen() && !drawing);
    // Where something is allowed is drawn in the zones' place.
    zoneLayer.show(isOpen() && !(checkOpen() && state().pAllowed));
    // From afar the gates would only hide their school.
    gates.show(isOpen() && !drawing && view.leaflet.getZoom() >= gateZoom);
    view.leaflet.getContainer().classList.toggle('shows-perimeters', isOpen());
  };
  const select = () => {
    const { school, venue } = meant(state().selected);
    signs.select(school ? `campus:${school}` : '');
    venues.select(venue ? `shop:${venue}` : '');
    light();
  };
  schools.signal.subscribe(({ loading }) => loading || drawSchools());
  summary.signal.subscribe(({ loading }) => loading || drawSchools());
  compliance.signal.subscribe(({ loading }) => loading || drawVenues());
  detail.signal.subscribe(({ loading }) => loading || drawVenues());
  zones.subscribe(drawZones);
  subscribe([...facets, 'lang', 'selected'], drawVenues);
  subscribe(['lang'], drawSchools);
  subscribe(['area', 'section', 'selected', 'pAllowed', 'pDraw'], visibility);
  view.leaflet.on('zoomend', visibility);
  subscribe(['hover'], light);
  subscribe(['selected'], select);
  // A link without a place of the map goes to what it opens, once that is known.
  let unplaced = state().lon === null;
  const fit = () => {
    const [street, code] = codesOf(meant(state().selected).school);
    const feature = schoolFeature(street, code);
    const box = feature && extent(feature.geometry);
    if (!isOpen() || !state().selected.startsWith('perimeter:') || !box) return;
    unplaced = false;
    // With what is around it, which is what one came for.
    if (view.leaflet.getZoom() < gateZoom || !view.shows(box)) view.fit(grown(box), true, 17);
  };
  subscribe(['selected'], fit);
  schools.signal.subscribe(({ loading }) => {
    if (!loading && unplaced) fit();
  });
  visibility();
  select();
}

/** From here on gates are drawn. */
const gateZoom = 16;

/** @param {import('../types.js').BBox} box @returns {import('../types.js').BBox} by about 150 m on each side */
const grown = ([west, south, east, north]) => [west - 0.0016, south - 0.0014, east + 0.0016, north + 0.0014];

/** A dissolved zone is one feature a rule; a school's own are listed in its properties. @param {Feature} feature @param {string} rule @returns {Feature[]} */
function zoneFeatures(feature, rule) {
  const own = feature.properties.zones;
  if (!Array.isArray(own)) return [{ ...feature, properties: { ...feature.properties, rule } }];
  return own
    .filter((zone) => zone.rule === rule)
    .map((zone) => ({ type: 'Feature', geometry: zone.geometry, properties: zone }));
}

/** Rows of the map's legend while the screen is open. @returns {{ zone: string, text: string, metres: string }[]} */
export const zoneLegend = () =>
  shownZones().map((rule, i) => ({
    zone: zoneStyle(i).name,
    text: ruleText(rule),
    metres: numberText(zoneMetres(rule)),
  }));

/** @param {string} rule */
const zoneMetres = (rule) => {
  const found = zones.value.get(rule)?.data?.features[0]?.properties;
  return found?.metres ?? found?.zones?.find((/** @type {any} */ zone) => zone.rule === rule)?.metres ?? 0;
};
