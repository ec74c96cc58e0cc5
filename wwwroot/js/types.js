// @ts-check
/**
 * Shapes of what the service answers, as far as the page reads them.
 * Distances are geodesic metres, areas square metres, coordinates WGS-84 with longitude first.
 *
 * @typedef {[number, number]} LonLat
 * @typedef {[number, number, number, number]} BBox west, south, east, north
 * @typedef {{ code: string, name: string, points: number, openIssues: number, orphans: number, bbox: BBox | null }} Street
 * @typedef {{ code: string, name: string, nameEn: string, symbol: string, points: number }} PointType
 * @typedef {{ code: string, name: string, nameEn: string, group: string, issues: number }} IssueCategory
 * @typedef {{ code: string, name: string, nameEn: string }} CodeName
 * @typedef {{ url: string, kind: 'xyz' | 'wmts', datum: 'wgs84' | 'gcj02', attribution: string | null,
 *   minZoom: number | null, maxZoom: number | null, subdomains: string[] | null }} BaseMap
 * @typedef {{ version: string, today: string, baseMap: BaseMap | null, reviewNumber: string | null,
 *   streets: Street[], pointTypes: PointType[], issueCategories: IssueCategory[], venueCategories: CodeName[],
 *   subPlaces?: CodeName[] }} Config
 *
 * @typedef {import('geojson').Geometry} Geometry
 * @typedef {{ type: 'Feature', id?: string | number, geometry: Geometry, properties: Record<string, any> }} Feature
 * @typedef {{ type: 'FeatureCollection', features: Feature[], numberMatched?: number, next?: string | null }} Features
 *
 * @typedef {{ code: string, name: string }} Area
 * @typedef {{ lon: number, lat: number, street: Area | null, community: Area | null, grid: Area | null,
 *   placement: 'inside' | 'snapped', distance_m: number,
 *   points: { code: string, name: string, type: string, distance_m: number }[],
 *   open_issues: { id: string, code: string | null, category: string, found_at: string, distance_m: number }[],
 *   open_issues_in_grid: number, points_in_grid: number, explanation: { zh: string, en: string } }} Ownership
 * @typedef {{ kind: string, code: string, name: string, street: string, lon: number, lat: number, bbox: BBox | null }} Found
 * @typedef {{ dataset: string, file: string | null, street: string, dryRun: boolean, committed: boolean, read: number,
 *   added: number, changed: number, unchanged: number, refused: number,
 *   rows: { line: number, layer?: string | null, field: string | null, reason: string, value?: string | null }[],
 *   warnings: { code: string, message: string }[],
 *   placement: { inside: number, snapped: number, orphan: number } | null,
 *   moved: Record<string, number> | null }} ImportReport
 */
export {};
