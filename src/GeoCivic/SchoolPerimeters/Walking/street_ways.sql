-- The ways of one street, as those around an area are read.
SELECT r.street_code, r.code, way_level(r.layer, r.bridge, r.tunnel), accuracy_m(r.accuracy), d.geom
FROM ways r
CROSS JOIN LATERAL ST_Dump(r.geom) d
WHERE r.street_code = @street AND way_walks(r.kind, r.tunnel, r.walkable)
ORDER BY r.code COLLATE "C", d.path;
