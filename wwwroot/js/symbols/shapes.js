// @ts-check
/**
 * One symbol for every point type, drawn for this project on a 20 × 20 field: `body` is the silhouette (shape tells
 * the type even without colour), `mark` the white sign on it. Status is never told by these colours.
 */

/** @typedef {{ colour: string, body: string, mark: string, filled?: boolean }} Shape */

/** @type {Readonly<Record<string, Shape>>} */
export const shapes = Object.freeze({
  market: { colour: '#7a3e8f', body: 'M4.5 3h11L18 8v9.5H2V8z', mark: 'M2.5 8.2h15M7.5 17v-5h5v5' },
  back_alley: { colour: '#48607a', body: 'M7.5 2h5l3.5 16H4z', mark: 'M10 4.5v2.5M10 9v2.5M10 13.5v2.5' },
  school_perimeter: {
    colour: '#1f5fbf',
    body: 'M10 1.5 18.5 8v9.5h-17V8z',
    mark: 'M5.5 9.5 10 7.5l4.5 2-4.5 2zM7.2 11v3c1.6 1.4 4 1.4 5.6 0v-3',
  },
  uncivil_hotspot: { colour: '#9c2a5f', body: 'M10 1.5 19.2 18H.8z', mark: 'M10 7.5v5M10 15.2v.6' },
  main_road: {
    colour: '#3a4658',
    body: 'M2.5 3.5 10 1.8l7.5 1.7v7.7c0 3.7-3.7 6-7.5 7.3-3.8-1.3-7.5-3.6-7.5-7.3z',
    mark: 'M7 5.5v8.5M13 5.5v8.5M10 6v2M10 10.5v2',
  },
  old_compound: {
    colour: '#7a5836',
    body: 'M3.5 1.8h9v4h4v12.4h-13z',
    mark: 'M6 5.5h1.5M9 5.5h1.5M6 9h1.5M9 9h1.5M6 12.5h1.5M9 12.5h1.5M13.5 9h1M13.5 12.5h1',
  },
  construction_site: {
    colour: '#8a6100',
    body: 'M10 .8 19.2 10 10 19.2.8 10z',
    mark: 'M7 13.5v-7h6M12.5 6.5v3.5M5.5 13.5h4',
  },
  metro_exit: {
    colour: '#0f6a8f',
    body: 'M10 1.2a8.8 8.8 0 1 0 0 17.6A8.8 8.8 0 0 0 10 1.2z',
    mark: 'M5.8 13.8V7l4.2 5.2L14.2 7v6.8',
  },
  plaza: {
    colour: '#1f6f66',
    body: 'M6.3 1.500h7.400l4.8 4.800v7.400l-4.8 4.800H6.300l-4.8-4.800V6.300z',
    mark: 'M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 9.400v1.2',
  },
  public_toilet: {
    colour: '#35549c',
    body: 'M4.5 1.500h11a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3v-11a3 3 0 0 1 3-3z',
    mark: 'M6.5 5.200v.600M6.5 8.200v6.500M13.5 5.200v.600M13.5 8.200v6.500M10 4.500v11M5 10.500h3M12 10.500h3',
  },
  service_hall: {
    colour: '#57489c',
    body: 'M5.5 1.800h9L19 10l-4.5 8.200h-9L1 10z',
    mark: 'M5.5 8 10 5l4.5 3M6.5 8v5.500M10 8v5.500M13.5 8v5.500M5.5 14.500h9',
  },
  community_station: {
    colour: '#2c6e8f',
    body: 'M3 2.500h14a1.5 1.5 0 0 1 1.5 1.500v9a1.5 1.5 0 0 1-1.5 1.500h-3.500L10 18.700l-3.5-4.200H3A1.5 1.5 0 0 1 1.5 13V4A1.5 1.5 0 0 1 3 2.500z',
    mark: 'M6 8.5 10 5l4 3.500M7.2 8v4h5.600V8',
  },
  park: {
    colour: '#4d6b2f',
    body: 'M10 1.2c3.4 0 5.6 2.2 5.6 4.8 2 .7 3.2 2.3 3.2 4.3 0 3-2.3 4.9-5.3 4.900h-2v3.300h-3v-3.300h-2c-3 0-5.3-1.9-5.3-4.9 0-2 1.2-3.6 3.2-4.3 0-2.6 2.2-4.8 5.6-4.800z',
    mark: 'M10 7v7M10 10.500l2.5-2M10 12 7.5 10',
  },
  bus_stop: {
    colour: '#3b6a7d',
    body: 'M4 2h12a2.5 2.5 0 0 1 2.5 2.500V15H17v3h-3.500v-3h-7v3H3v-3H1.500V4.500A2.5 2.5 0 0 1 4 2z',
    mark: 'M4.5 5h11v4.500h-11zM5 12.300h1M14 12.300h1',
  },
  hospital: { colour: '#8c3b52', body: 'M6.5 1.500h7v5h5v7h-5v5h-7v-5h-5v-7h5z', mark: 'M10 6.500v7M6.5 10h7' },
  bank_hall: {
    colour: '#5d5a2b',
    body: 'M10 1.500c5 0 8.5 3.8 8.5 8.500s-3.5 8.5-8.5 8.500H1.500V10C1.5 5.3 5 1.5 10 1.500z',
    mark: 'M6.5 6l3.5 4 3.5-4M10 10v5M7 11.300h6',
  },
  shop_street: { colour: '#6d4a8c', body: 'M1.5 5h17v10h-17z', mark: 'M4 8v4M8 8v4M12 8v4M16 8v4' },
  underpass: {
    colour: '#4d4f5c',
    body: 'M1.5 18V10a8.5 8.5 0 0 1 17 0v8z',
    mark: 'M6 17v-6.500a4 4 0 0 1 8 0V17M10 13v4',
  },
  other: { colour: '#475467', body: 'M10 3.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z', mark: 'M10 9.300v1.4' },
  school: {
    colour: '#1f5fbf',
    body: 'M2.5 4h15v12.500h-15z',
    mark: 'M4.8 8.5 10 6l5.2 2.500L10 11zM7 10v3.300c1.8 1.2 4.2 1.2 6 0V10',
  },
  gate: { colour: '#1f5fbf', body: 'M4 17V9a6 6 0 0 1 12 0v8z', mark: 'M7.5 17v-7a2.5 2.5 0 0 1 5 0v7' },
  venue: { colour: '#475467', body: 'M10 4.5 15.5 10 10 15.5 4.5 10z', mark: 'M10 9.600v.8' },
  // Verdicts: the silhouette tells them apart without colour and without the sign.
  verdict_violating: { colour: '#b42318', body: 'M6.500 1.500h7l5 5v7l-5 5h-7l-5-5v-7z', mark: 'M6.500 6.500l7 7M13.500 6.500l-7 7' },
  verdict_disputed: { colour: '#93370d', body: 'M10 .8 19.2 10 10 19.2.8 10z', mark: 'M6 8.200h8M6 11.800h8M12.500 5.500l-5 9' },
  verdict_to_be_surveyed: { colour: '#6941c6', body: 'M2 4h16v12H2z', mark: 'M5 16v-5M8.300 16v-3M11.700 16v-5M15 16v-3' },
  verdict_exempt: { colour: '#475467', body: 'M10 1.200a8.800 8.800 0 1 0 0 17.600A8.800 8.800 0 0 0 10 1.200z', mark: 'M10 5v5.200l3.500 2.200' },
  verdict_compliant: { colour: '#067647', body: 'M10 3.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13z', mark: 'M6.800 10.200l2.300 2.300 4.200-4.500' },
  issue: { colour: '#b54708', body: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12z', mark: 'M10 7v3.500M10 12.800v.3' },
});

/** @param {string} symbol @returns {Shape & { key: string }} */
export const shapeOf = (symbol) =>
  symbol in shapes ? { key: symbol, ...shapes[symbol] } : { key: 'other', ...shapes.other };
