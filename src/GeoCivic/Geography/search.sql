-- Exact codes first, then names and codes that begin so, then those that contain the text.
WITH hit AS (
    SELECT v.level AS kind, v.code, v.name, v.street_code, v.geom, 0 AS sort
    FROM area_versions v
    WHERE v.valid_until = 'infinity' AND (@street::text IS NULL OR v.street_code = @street)
      AND (v.name ILIKE @contains OR v.code ILIKE @contains)
      AND area_visible(v.street_code, v.level, v.code, v.parent_code, @scope)
    UNION ALL
    SELECT 'point', p.code, p.name, p.street_code, p.geom, 1 FROM points p
    WHERE (@street::text IS NULL OR p.street_code = @street) AND (p.name ILIKE @contains OR p.code ILIKE @contains)
      AND in_scope(p.street_code, p.community_code, p.grid_code, @scope)
    UNION ALL
    SELECT 'school', s.code, s.name, s.street_code, s.geom, 2 FROM schools s
    WHERE (@street::text IS NULL OR s.street_code = @street) AND (s.name ILIKE @contains OR s.code ILIKE @contains)
      AND in_scope(s.street_code, s.community_code, s.grid_code, @scope)
    UNION ALL
    SELECT 'venue', v.code, v.name, v.street_code, v.geom, 3 FROM venues v
    WHERE (@street::text IS NULL OR v.street_code = @street) AND (v.name ILIKE @contains OR v.code ILIKE @contains)
      AND in_scope(v.street_code, v.community_code, v.grid_code, @scope)
    UNION ALL
    -- issues by exact code only: there may be millions
    SELECT 'issue', i.code, coalesce(i.name, i.description, i.code), i.street_code, i.geom, 4 FROM issues i
    WHERE (@street::text IS NULL OR i.street_code = @street) AND i.code = @q
      AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
), best AS (
    SELECT * FROM hit
    ORDER BY (code = @q) DESC, (name = @q) DESC, (name ILIKE @begins OR code ILIKE @begins) DESC, sort, length(name), name, code
    LIMIT @limit
)
SELECT coalesce(json_agg(json_build_object(
    'kind', kind, 'code', code, 'name', left(name, 200), 'street', street_code,
    'lon', round(ST_X(ST_PointOnSurface(geom))::numeric, 7), 'lat', round(ST_Y(ST_PointOnSurface(geom))::numeric, 7),
    'bbox', CASE WHEN ST_Dimension(geom) > 0 THEN ARRAY[ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)] END)), '[]'::json)::text
FROM best;
