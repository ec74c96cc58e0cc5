CROSS JOIN LATERAL (
    SELECT array_agg(g.code ORDER BY g.code COLLATE "C") AS codes, array_agg(g.name ORDER BY g.code COLLATE "C") AS names,
           array_agg(coalesce(g.is_main, false) ORDER BY g.code COLLATE "C") AS mains,
           array_agg(ST_X(g.geom) ORDER BY g.code COLLATE "C") AS lons, array_agg(ST_Y(g.geom) ORDER BY g.code COLLATE "C") AS lats,
           array_agg(g.accuracy ORDER BY g.code COLLATE "C") AS accuracies, array_agg(g.datum ORDER BY g.code COLLATE "C") AS data
    FROM gates g
    WHERE g.street_code = s.street_code AND g.school_code = s.code
) g
