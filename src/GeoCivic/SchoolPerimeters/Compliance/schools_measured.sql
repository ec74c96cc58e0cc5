-- Schools with their gates, in the order of the answer. Which of them are shown follows from their venues.
SELECT s.street_code, s.code, s.name, s.kind, s.geom, s.accuracy, s.datum, s.revision,
       in_scope(s.street_code, s.community_code, s.grid_code, @scope) AND (@street::text IS NULL OR s.street_code = @street) AS own,
       g.codes, g.names, g.mains, g.lons, g.lats, g.accuracies, g.data
FROM schools s
CROSS JOIN LATERAL (
    SELECT array_agg(g.code ORDER BY g.code COLLATE "C") AS codes, array_agg(g.name ORDER BY g.code COLLATE "C") AS names,
           array_agg(coalesce(g.is_main, false) ORDER BY g.code COLLATE "C") AS mains,
           array_agg(ST_X(g.geom) ORDER BY g.code COLLATE "C") AS lons, array_agg(ST_Y(g.geom) ORDER BY g.code COLLATE "C") AS lats,
           array_agg(g.accuracy ORDER BY g.code COLLATE "C") AS accuracies, array_agg(g.datum ORDER BY g.code COLLATE "C") AS data
    FROM gates g
    WHERE g.street_code = s.street_code AND g.school_code = s.code
) g
WHERE (@schools::text[] IS NULL OR s.code = ANY (@schools))
  AND (@school_street::text IS NULL OR s.street_code = @school_street)
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C";
