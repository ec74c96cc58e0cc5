/** About 250 made-up business premises, some planted at chosen distances from a campus. */
import { dateOf, FIRST_DAY, LAST_DAY } from './calendar.mjs';
import { inside, metresBetween, nearestOnSegment, settle, toDegrees } from './plane.mjs';
import { stream } from './random.mjs';

const COUNTS = {
  internet_cafe: 9, billiard_hall: 8, game_arcade: 5, karaoke: 8, dance_hall: 4, tobacco_alcohol: 56, lottery: 13,
  adult_shop: 6, clinic: 16, restaurant: 58, food_shop: 22, small_hotel: 10, hair_salon: 15, stationery_shop: 12,
  tea_house: 8,
};
const LABELS = {
  internet_cafe: ['网咖', '网吧'], billiard_hall: ['台球室', '桌球馆'], game_arcade: ['电玩厅'], karaoke: ['歌厅', '量贩歌城'],
  dance_hall: ['舞厅'], tobacco_alcohol: ['烟酒行', '烟酒便利', '烟酒副食'], lottery: ['彩票店'], adult_shop: ['成人用品店'],
  clinic: ['诊所', '口腔门诊'], restaurant: ['小面馆', '火锅', '家常菜', '豆花饭', '抄手'], food_shop: ['食品店', '卤菜店', '鲜果店'],
  small_hotel: ['旅馆', '宾馆'], hair_salon: ['理发店', '美容院'], stationery_shop: ['文具店'], tea_house: ['茶楼', '茶坊'],
};
const HEADS = [
  '江畔', '临江', '山城', '渝味', '望江', '朝阳', '青石', '黄葛', '双桂', '长乐', '永安', '清泉', '半山', '老街', '码头', '梯坎',
  '云水', '江月', '晨光', '好邻', '千禾', '百汇', '万家', '悦来', '福满', '顺意', '红枫', '白鹭', '远帆', '灯火',
];

/** Planted premises: distance band from the boundary of the nearest campus, in metres. */
const BANDS = [
  { band: [8, 25] }, { band: [38, 46] }, { band: [53, 60] }, { band: [110, 150] }, { band: [184, 196] }, { band: [204, 216] },
];
const PLANTED = {
  internet_cafe: [0, 3, 4, 5], billiard_hall: [1, 4, 5], game_arcade: [2, 4, 5], karaoke: [1, 3, 5], dance_hall: [2, 4],
  tobacco_alcohol: [0, 1, 1, 2, 2, 4, 5], lottery: [0, 1, 2, 5], adult_shop: [2, 4, 5],
};

/** Metres from a place to the boundary of the nearest campus (0 inside it), and that school. */
export function nearestCampus(p, schools) {
  let best = { metres: Infinity };
  for (const school of schools) {
    const metres = inside(p, school.ring) ? 0 : boundaryDistance(p, school.ring);
    if (metres < best.metres) best = { school: school.code, metres };
  }
  return best;
}

function boundaryDistance(p, ring) {
  let best = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const q = nearestOnSegment(p, ring[j], ring[i]);
    best = Math.min(best, metresBetween(exact(p), exact(q)));
  }
  return best;
}

/** Degrees without rounding, by the same plane. */
function exact(p) {
  const [lon, lat] = toDegrees(p);
  const back = settle(p);
  return [lon + (p.x - back.x) / 96900, lat + (p.y - back.y) / 110850];
}

export function makeVenues(geo, schools, roadside) {
  const rng = stream('venues');
  const venues = [];
  const names = new Set();
  const name = (category) => {
    for (;;) {
      const text = rng.pick(HEADS) + rng.pick(LABELS[category]);
      const unique = names.has(text) ? `${text}（${rng.pick(HEADS)}店）` : text;
      if (names.has(unique)) continue;
      names.add(unique);
      return unique;
    }
  };
  const licence = () => {
    const from = FIRST_DAY - rng.int(30, 1700);
    const kind = rng.next();
    // Most run on; some ended within the year before the anchor, some end soon, some carry no end.
    if (kind < 0.12) return [from, LAST_DAY - rng.int(3, 200)];
    if (kind < 0.24) return [from, LAST_DAY + rng.int(5, 120)];
    if (kind < 0.34) return [from, null];
    return [from, LAST_DAY + rng.int(150, 1500)];
  };
  const put = (category, place, planted) => {
    const [from, until] = licence();
    venues.push({
      name: name(category),
      category,
      place,
      from: dateOf(Math.min(from, until ? until - 365 : from)),
      until: until === null ? null : dateOf(until),
      planted,
    });
  };
  const grids = stream('venue grids');
  const place = (accept) => {
    for (let i = 0; i < 20000; i++) {
      const found = roadside(grids.pick(geo.grids), rng, 6);
      if (!found) continue;
      const p = settle(found);
      if (venues.some((v) => Math.hypot(v.place.x - p.x, v.place.y - p.y) < 5)) continue;
      if (!accept || accept(p)) return p;
    }
    throw new Error('no place for a venue');
  };
  for (const [category, total] of Object.entries(COUNTS)) {
    const bands = PLANTED[category] ?? [];
    for (const index of bands) {
      const [low, high] = BANDS[index].band;
      const p = place((q) => {
        const d = nearestCampus(q, schools).metres;
        return d >= low && d <= high;
      });
      put(category, p, `${low}–${high} m`);
    }
    for (let i = bands.length; i < total; i++) put(category, place(), null);
  }
  venues.forEach((v, i) => {
    v.code = `V${String(i + 1).padStart(3, '0')}`;
    v.campus = nearestCampus(v.place, schools);
    const gates = schools.flatMap((s) => s.gates);
    v.gate = gates
      .map((g) => ({ code: g.code, metres: metresBetween(toDegrees(v.place), toDegrees(g.place)) }))
      .sort((a, b) => a.metres - b.metres)[0];
  });
  return venues;
}
