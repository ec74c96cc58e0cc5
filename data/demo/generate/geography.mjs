/** Street, communities, grids with codes and names, and the parcels and alleys inside each grid. */
import { COMMUNITIES, STREET } from './layout.mjs';
import { area, centroid, distance, distanceToChain, inside } from './plane.mjs';
import { cutGrids, cutParcels, drawCommunities, outline } from './partition.mjs';
import { stream } from './random.mjs';

/** Height in metres of the bands in which grids are numbered: north to south by band, west to east inside one. */
const BAND = 120;

export function makeGeography() {
  const { mesh, chains } = drawCommunities();
  const roads = cutGrids(mesh, 90, stream);
  const line = (ids) => ids.map((v) => mesh.vertices[v]);

  const communities = COMMUNITIES.map((c) => {
    const faces = mesh.faces.filter((f) => f.community === c.code);
    const north = Math.max(...faces.flatMap((f) => mesh.ring(f)).map((p) => p.y));
    const placed = faces.map((face) => {
      const centre = centroid(mesh.ring(face));
      return { face, centre, band: Math.floor((north - centre.y) / BAND) };
    });
    placed.sort((a, b) => a.band - b.band || a.centre.x - b.centre.x);
    const grids = placed.map(({ face, centre }, i) => ({
      code: c.code + String(i + 1).padStart(3, '0'),
      name: `${c.name}第${String(i + 1).padStart(2, '0')}网格`,
      community: c.code,
      face,
      centre,
      ring: mesh.ring(face),
    }));
    return { ...c, short: c.name.replace('社区', ''), ring: line(outline(faces)), grids };
  });
  communities.sort((a, b) => (a.code < b.code ? -1 : 1));
  const grids = communities.flatMap((c) => c.grids);

  const street = { ...STREET, ring: line(outline(mesh.faces)) };
  const shore = chains
    .filter((c) => c.shore)
    .flatMap((c, i) => line(c.chain).slice(i === 0 ? 0 : 1));
  for (const grid of grids) {
    Object.assign(grid, cutParcels(grid.ring, 4600, stream(`parcels/${grid.code}`)));
    grid.parcels = grid.parcels.map((ring) => ({ ring, used: false }));
    const sides = new Set();
    grid.face.ring.forEach((v, i, all) => sides.add(`${all[(i + 1) % all.length]}>${v}`));
    grid.sides = sides;
  }
  for (const grid of grids) {
    grid.neighbours = grids.filter(
      (other) =>
        other !== grid &&
        grid.face.ring.some((v, i, all) => other.sides.has(`${v}>${all[(i + 1) % all.length]}`)),
    );
  }
  const gridAt = (p) => grids.find((g) => inside(p, g.ring));
  /** The grid there and its nearest neighbours, `count` in all. */
  const cluster = (p, count) => {
    const first = gridAt(p);
    const rest = [...first.neighbours].sort((a, b) => distance(a.centre, p) - distance(b.centre, p));
    return [first, ...rest.slice(0, count - 1)];
  };
  const fromShore = (p) => distanceToChain(p, shore, false);
  return {
    mesh,
    street,
    communities,
    grids,
    shore,
    gridAt,
    cluster,
    fromShore,
    mainRoads: chains.filter((c) => !c.shore).map((c) => ({ ...c, line: line(c.chain), outer: c.from[0] === 'O' && c.to[0] === 'O' })),
    minorRoads: roads.map((r) => ({ ...r, line: line(r.chain) })),
    area: area(street.ring),
  };
}
