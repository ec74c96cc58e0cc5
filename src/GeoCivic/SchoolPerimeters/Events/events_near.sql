-- Issues of the categories in the window that the caller may see, each with the schools near it. The box is a little wider
-- than the longest limit; the distance decides later. Gates count for themselves, wherever they are mapped.
WITH seen AS MATERIALIZED (
    SELECT r.street_code, r.id, r.code, r.category, r.found_at, r.state, r.is_open, r.geom,
           ST_Expand(r.geom, @metres * 1.01 / (111000 * greatest(0.01, cos(radians(abs(ST_Y(r.geom)))))),
                     @metres * 1.01 / 110000) AS box
    FROM issues r
    WHERE issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
      AND (@street::text IS NULL OR r.street_code = @street)
      AND r.category = ANY (@categories)
      AND r.found_at >= @from AND r.found_at < @to
), near AS (
    SELECT i.street_code, i.id, s.street_code AS school_street, s.code AS school
    FROM seen i JOIN schools s ON s.geom && i.box
    UNION
    SELECT i.street_code, i.id, g.street_code, g.school_code
    FROM seen i JOIN gates g ON g.geom && i.box
), school AS MATERIALIZED (
    SELECT s.street_code, s.code, s.name, s.kind, s.geom, g.codes, g.mains, g.lons, g.lats
    FROM (SELECT DISTINCT school_street, school FROM near) n
    JOIN schools s ON s.street_code = n.school_street AND s.code = n.school
    CROSS JOIN LATERAL (
        SELECT array_agg(g.code ORDER BY g.code COLLATE "C") AS codes,
               array_agg(coalesce(g.is_main, false) ORDER BY g.code COLLATE "C") AS mains,
               array_agg(ST_X(g.geom) ORDER BY g.code COLLATE "C") AS lons,
               array_agg(ST_Y(g.geom) ORDER BY g.code COLLATE "C") AS lats
        FROM gates g
        WHERE g.street_code = s.street_code AND g.school_code = s.code
    ) g
)
SELECT s.street_code, s.code, s.name, s.kind, s.geom, s.codes, s.mains, s.lons, s.lats,
       i.street_code, i.id, i.code, i.category, c.name, i.found_at, shift_at(i.found_at), i.state, i.is_open,
       ST_X(i.geom), ST_Y(i.geom), t.name
FROM near n
JOIN seen i ON i.street_code = n.street_code AND i.id = n.id
JOIN school s ON s.street_code = n.school_street AND s.code = n.school
JOIN issue_categories c ON c.code = i.category
JOIN issue_states t ON t.code = i.state
WHERE (@schools::text[] IS NULL OR s.code = ANY (@schools))
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C", i.found_at, i.id;
