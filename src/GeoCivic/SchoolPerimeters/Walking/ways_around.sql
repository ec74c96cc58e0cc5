-- The ways of every street that come near, line by line, in an order that is always the same.
SELECT r.street_code, r.code, way_level(r.layer, r.bridge, r.tunnel), accuracy_m(r.accuracy), d.geom
FROM ways r
CROSS JOIN LATERAL ST_Dump(r.geom) d
WHERE r.geom && @area AND way_walks(r.kind, r.tunnel, r.walkable)
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C", d.path;
