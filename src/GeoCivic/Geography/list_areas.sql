WITH wanted AS MATERIALIZED (
    SELECT v.*
    FROM area_versions v
    WHERE v.level = @level
      AND (@street::text IS NULL OR v.street_code = @street)
      AND v.valid_from <= coalesce(@at, @today) AND coalesce(@at, @today) < v.valid_until
      AND (@bbox::geometry IS NULL OR ST_Intersects(v.geom, @bbox))
      AND area_visible(v.street_code, v.level, v.code, v.parent_code, @scope)
), placed_points AS (
    -- today: as stored; another day: placed by the boundaries of that day
    SELECT p.street_code, p.grid_code, p.community_code FROM points p
    WHERE @at::date IS NULL AND (@street::text IS NULL OR p.street_code = @street)
      AND in_scope(p.street_code, p.community_code, p.grid_code, @scope)
    UNION ALL
    SELECT p.street_code, g.grid_code, g.community_code
    FROM points p CROSS JOIN LATERAL grid_of(p.street_code, p.geom, @at::date) g
    WHERE @at::date IS NOT NULL AND (@street::text IS NULL OR p.street_code = @street)
      AND in_scope(p.street_code, p.community_code, p.grid_code, @scope)
), point_counts AS (
    SELECT street_code,
           CASE @level WHEN 'grid' THEN grid_code WHEN 'community' THEN community_code ELSE street_code END AS code,
           count(*) AS n
    FROM placed_points GROUP BY 1, 2
), open_issues AS (
    -- today: maintained counts; another day: issues found by the end of that day and not closed by then
    SELECT c.street_code, c.grid_code, g.parent_code AS community_code, c.open AS n
    FROM grid_issue_counts c
    LEFT JOIN area_versions g ON g.street_code = c.street_code AND g.level = 'grid' AND g.code = c.grid_code AND g.valid_until = 'infinity'
    WHERE @at::date IS NULL AND (@street::text IS NULL OR c.street_code = @street)
      AND issue_visible(c.street_code, g.parent_code, nullif(c.grid_code, ''), c.embargoed, @scope, @covert_scope)
    UNION ALL
    SELECT i.street_code, g.grid_code, g.community_code, 1
    FROM issues i CROSS JOIN LATERAL grid_of(i.street_code, i.geom, @at::date) g
    WHERE @at::date IS NOT NULL AND (@street::text IS NULL OR i.street_code = @street)
      AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
      AND i.found_at < @end_of_day AND (i.closed_at >= @end_of_day OR (i.closed_at IS NULL AND i.is_open))
), issue_counts AS (
    SELECT street_code,
           CASE @level WHEN 'grid' THEN grid_code WHEN 'community' THEN community_code ELSE street_code END AS code,
           sum(n) AS n
    FROM open_issues GROUP BY 1, 2
)
SELECT json_build_object(
    'type', 'Feature', 'id', w.code, 'geometry', ST_AsGeoJSON(w.geom, 7)::json,
    'properties', json_build_object(
        'code', w.code, 'name', w.name, 'level', w.level, 'parent', w.parent_code, 'street', w.street_code,
        'area_m2', round(w.area_m2::numeric, 1), 'points', coalesce(p.n, 0), 'open_issues', coalesce(i.n, 0),
        'valid_from', nullif(w.valid_from, '-infinity'), 'valid_until', nullif(w.valid_until, 'infinity')))::text
FROM wanted w
LEFT JOIN point_counts p ON p.street_code = w.street_code AND p.code = w.code
LEFT JOIN issue_counts i ON i.street_code = w.street_code AND i.code = w.code
ORDER BY w.street_code COLLATE "C", w.code COLLATE "C";
