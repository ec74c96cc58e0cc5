/**
 * The hand-drawn plan of the made-up street: junctions, and the lines between them that part the nine communities.
 * Coordinates are metres of the local plane. Nothing is traced from a map; only the names are those of the
 * published document, and the rough picture (river in the north, a hall in the west, a bridge in the east).
 */

/** The plan was drawn a little too small; everything is stretched by this factor about the origin. */
const STRETCH = 1.12;
const stretch = (places) => places.map(([x, y]) => [x * STRETCH, y * STRETCH]);

/** The street. */
export const STREET = { code: '500103011', name: '大溪沟街道' };

/** Community code suffix, name, and a place that lies inside it. */
const DRAWN_COMMUNITIES = [
  { code: '500103011012', name: '罗家院社区', at: [-120, 70] },
  { code: '500103011013', name: '建设路社区', at: [-60, 330] },
  { code: '500103011014', name: '人民村社区', at: [-520, 200] },
  { code: '500103011015', name: '红球坝社区', at: [-580, -200] },
  { code: '500103011016', name: '人和街社区', at: [-200, -250] },
  { code: '500103011017', name: '华福巷社区', at: [300, 220] },
  { code: '500103011018', name: '张家花园社区', at: [600, -180] },
  { code: '500103011019', name: '双钢路社区', at: [660, 150] },
  { code: '500103011020', name: '胜利路社区', at: [160, -240] },
];
export const COMMUNITIES = DRAWN_COMMUNITIES.map((c) => ({ ...c, at: stretch([c.at])[0] }));

/** Junctions. Those beginning with O lie on the outline of the street. */
const DRAWN_NODES = {
  OW: [-872, -30],
  ON1: [-208, 438],
  ON2: [122, 452],
  ON3: [508, 384],
  OE: [918, 72],
  OS3: [352, -402],
  OS2: [22, -492],
  OS1: [-352, -476],
  J1: [-392, 22],
  J2: [-322, 196],
  J3: [82, 222],
  J4: [-72, -66],
  J5: [178, -30],
  J7: [474, 12],
  J8: [332, -72],
};
export const NODES = Object.fromEntries(Object.entries(DRAWN_NODES).map(([name, p]) => [name, stretch([p])[0]]));

/** Lines between junctions: from, to, places passed, whether it is the river's shore, and the road along it. */
const DRAWN_EDGES = [
  { from: 'OW', to: 'ON1', via: [[-842, 104], [-752, 226], [-612, 322], [-455, 352], [-330, 402]], shore: true },
  { from: 'ON1', to: 'ON2', via: [[-92, 448], [18, 470]], shore: true },
  { from: 'ON2', to: 'ON3', via: [[232, 436], [336, 440], [430, 402]], shore: true },
  { from: 'ON3', to: 'OE', via: [[612, 352], [718, 276], [842, 196]], shore: true },
  { from: 'OE', to: 'OS3', via: [[872, -62], [846, -204], [702, -246], [616, -342], [478, -366]], road: '中山路' },
  { from: 'OS3', to: 'OS2', via: [[232, -436], [132, -474]], road: '中山路' },
  { from: 'OS2', to: 'OS1', via: [[-92, -522], [-228, -512]], road: '中山路' },
  { from: 'OS1', to: 'OW', via: [[-492, -486], [-592, -408], [-744, -392], [-798, -258], [-912, -168]], road: '上清路' },
  { from: 'OW', to: 'J1', via: [[-742, -72], [-618, -36], [-512, 12]], road: '人民路' },
  { from: 'J1', to: 'J4', via: [[-288, -10], [-182, -22]], road: '人民路' },
  { from: 'J4', to: 'J5', via: [[12, -92], [98, -74]], road: '人民路' },
  { from: 'J5', to: 'J8', via: [[252, -32]], road: '人民路' },
  { from: 'J8', to: 'J7', via: [[402, -48]], road: '张家花园街' },
  { from: 'J7', to: 'OE', via: [[588, 32], [688, -22], [806, 22]], road: '张家花园街' },
  { from: 'J1', to: 'J2', via: [[-386, 118]], road: '学田湾正街' },
  { from: 'J2', to: 'ON1', via: [[-262, 262], [-242, 352]], road: '大溪沟街' },
  { from: 'J1', to: 'OS1', via: [[-352, -92], [-322, -208], [-372, -338]], road: '学田湾正街' },
  { from: 'J2', to: 'J3', via: [[-212, 252], [-98, 216], [2, 196]], road: '北区路' },
  { from: 'J3', to: 'ON2', via: [[142, 312], [112, 386]], road: '建设路' },
  { from: 'J3', to: 'J5', via: [[112, 132], [182, 58]], road: '建设路' },
  { from: 'J4', to: 'OS2', via: [[-46, -172], [12, -268], [-8, -388]], road: '人和街' },
  { from: 'J8', to: 'OS3', via: [[308, -168], [372, -272]], road: '胜利路' },
  { from: 'J7', to: 'ON3', via: [[442, 118], [512, 214], [488, 302]], road: '双钢路' },
];
export const EDGES = DRAWN_EDGES.map((edge) => ({ ...edge, via: stretch(edge.via) }));

/** How the roads run on outside the street, from a junction of the outline or from the road along the river. */
const DRAWN_OUTSIDE = [
  { name: '学田湾正街', from: 'OS1', via: [[-372, -580], [-452, -702]] },
  { name: '人和街', from: 'OS2', via: [[62, -580], [42, -712]] },
  { name: '胜利路', from: 'OS3', via: [[362, -498], [442, -620]] },
  { name: '中山路', via: [[926, 50], [968, -12], [1108, -96], [1290, -124]] },
];
export const OUTSIDE = DRAWN_OUTSIDE.map((road) => ({ ...road, via: stretch(road.via) }));

/** The river beyond the street: its near bank west and east of the shore, and the far bank. */
const DRAWN_RIVER = {
  name: '嘉陵江',
  west: [[-1480, -640], [-1302, -430], [-1102, -222], [-950, -128]],
  east: [[1032, 8], [1232, 12], [1480, -34]],
  far: [
    [1480, 380], [1262, 430], [1082, 446], [952, 560], [782, 690], [560, 790], [322, 836], [62, 856], [-208, 842],
    [-462, 800], [-702, 742], [-930, 600], [-1092, 432], [-1226, 242], [-1342, 18], [-1480, -120],
  ],
};
export const RIVER = {
  name: DRAWN_RIVER.name,
  west: stretch(DRAWN_RIVER.west),
  east: stretch(DRAWN_RIVER.east),
  far: stretch(DRAWN_RIVER.far),
};

/** The road bridge over the river, from the road 双钢路 northwards. */
export const BRIDGE = { name: '黄花园大桥', via: stretch([[508, 384], [560, 560], [604, 806], [640, 980]]) };

/** Stops of the elevated rail line, as shares of the length of the street's shore. */
export const STATIONS = [
  { name: '曾家岩', at: 0.16, exits: 3 },
  { name: '大溪沟', at: 0.47, exits: 3 },
  { name: '黄花园', at: 0.78, exits: 4 },
];
