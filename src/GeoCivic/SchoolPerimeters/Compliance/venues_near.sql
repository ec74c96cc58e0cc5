-- Venues near schools, by the index on the venues' places, a row a school × venue, school by school. The box
-- is a little wider than the metres asked for; what lies in its corners is measured and left out afterwards.
-- @street: as if the caller held that street only. @beyond: also venues that are not shown, which are only counted.
SELECT s.n, s.street_code, s.code, {{SchoolPerimeters/venue_columns.sql}}, v.shown
FROM (
    SELECT row_number() OVER (ORDER BY s.street_code COLLATE "C", s.code COLLATE "C") AS n, s.street_code, s.code,
           in_scope(s.street_code, s.community_code, s.grid_code, @scope) AND (@street::text IS NULL OR s.street_code = @street) AS own,
           ST_Expand(
               x.geom,
               @metres / (111000 * cos(radians(least(89, greatest(abs(ST_YMin(x.geom)), abs(ST_YMax(x.geom))) + @metres / 110000)))),
               @metres / 110000) AS box
    FROM schools s
    CROSS JOIN LATERAL (SELECT coalesce(@shape::geometry, s.geom) AS geom) x
    WHERE (@schools::text[] IS NULL OR s.code = ANY (@schools))
      AND (@school_street::text IS NULL OR s.street_code = @school_street)
      AND (@after_street::text IS NULL OR (s.street_code COLLATE "C", s.code COLLATE "C") >= (@after_street, @after_code))
    -- The loop over the sorted schools keeps their order, and nothing that is as long as the answer needs sorting.
    ORDER BY s.street_code COLLATE "C", s.code COLLATE "C"
) s
JOIN LATERAL (
    SELECT v.*, in_scope(v.street_code, v.community_code, v.grid_code, @scope) AND (@street::text IS NULL OR v.street_code = @street) AS shown
    FROM venues v
    WHERE v.geom && s.box
      AND (@venues::text[] IS NULL OR v.code = ANY (@venues))
      AND (@categories::text[] IS NULL OR v.category = ANY (@categories))
) v ON v.shown OR (@beyond AND s.own)
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C";
