-- Ways of a street, how many of them nobody walks on, and its gates.
SELECT (SELECT count(*) FROM ways r WHERE r.street_code = @street),
       (SELECT count(*) FROM ways r WHERE r.street_code = @street AND NOT way_walks(r.kind, r.tunnel, r.walkable)),
       coalesce((SELECT array_agg(g.school_code || ' ' || g.code ORDER BY g.school_code COLLATE "C", g.code COLLATE "C")
                 FROM gates g WHERE g.street_code = @street), '{}'),
       coalesce((SELECT array_agg(ST_X(g.geom) ORDER BY g.school_code COLLATE "C", g.code COLLATE "C")
                 FROM gates g WHERE g.street_code = @street), '{}'),
       coalesce((SELECT array_agg(ST_Y(g.geom) ORDER BY g.school_code COLLATE "C", g.code COLLATE "C")
                 FROM gates g WHERE g.street_code = @street), '{}');
