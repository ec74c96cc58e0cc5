// @ts-check
import { Bounds, Point, TileLayer, latLng } from 'leaflet';
import { fromGcj02, toGcj02 } from '../geo/gcj02.js';

/** @typedef {import('../types.js').BaseMap} BaseMap */

/** Pixels a tile is drawn larger than its place, so that neighbours moved by slightly different shifts leave no seam. */
const overlap = 1;

/**
 * A tile layer whose pictures are in GCJ-02, laid under WGS-84 data. The shift changes by up to 4 mm per metre, so one
 * shift for the whole window would be wrong by pixels at its edges; here every tile is put where its own middle belongs,
 * which leaves less than a pixel inside a tile at any zoom of a street.
 * `_getTilePos` and `_getTiledPixelBounds` are Leaflet 1.9.4's own seams for this (the version is pinned).
 */
const ShiftedTileLayer = TileLayer.extend({
  /** @param {any} coords tile column, row and zoom @returns {Point} place in the level's container */
  _getTilePos(coords) {
    const size = this.getTileSize();
    const zoom = coords.z;
    const middle = this._map.unproject(coords.scaleBy(size).add(size.divideBy(2)), zoom);
    const [lon, lat] = fromGcj02([middle.lng, middle.lat]);
    const place = this._map.project(latLng(lat, lon), zoom);
    return place.subtract(size.divideBy(2)).subtract(this._level.origin).round();
  },

  /** @param {import('leaflet').LatLng} centre @returns {Bounds} pixels of the tiles' own plane that the window needs */
  _getTiledPixelBounds(centre) {
    const [lon, lat] = toGcj02([centre.lng, centre.lat]);
    const bounds = /** @type {any} */ (TileLayer.prototype)._getTiledPixelBounds.call(this, latLng(lat, lon));
    const edge = new Point(8, 8);
    return new Bounds(bounds.min.subtract(edge), bounds.max.add(edge));
  },

  /** @param {HTMLElement} tile */
  _initTile(tile) {
    /** @type {any} */ (TileLayer.prototype)._initTile.call(this, tile);
    const size = this.getTileSize();
    tile.style.width = `${size.x + overlap}px`;
    tile.style.height = `${size.y + overlap}px`;
  },
});

/**
 * @param {BaseMap} base a WMTS address may name its parts as the standard does
 * @returns {TileLayer}
 */
export function baseTiles(base) {
  const url = base.url
    .replace(/\{TileMatrix\}/gi, '{z}')
    .replace(/\{TileCol\}/gi, '{x}')
    .replace(/\{TileRow\}/gi, '{y}');
  const options = {
    pane: 'tilePane',
    minZoom: 3,
    maxZoom: 20,
    minNativeZoom: base.minZoom ?? 0,
    maxNativeZoom: base.maxZoom ?? 18,
    subdomains: base.subdomains?.length ? base.subdomains : 'abc',
    updateWhenZooming: false,
    className: 'base-tiles',
  };
  if (base.datum !== 'gcj02') return new TileLayer(url, options);
  return new /** @type {any} */ (ShiftedTileLayer)(url, options);
}
