SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'code', r.code, 'name', r.name, 'category', r.category, 'licensed_from', r.licensed_from,
        'licensed_until', r.licensed_until, 'street', r.street_code, 'grid', pl.grid_code,
        'community', pl.community_code, 'placement', pl.placement, 'snap_distance_m', pl.snap_distance_m,
        'accuracy', r.accuracy, 'datum', r.datum, 'revision', r.revision, 'anchor', ARRAY[ST_X(a.geom), ST_Y(a.geom)]))::text,
    r.street_code, r.code
FROM venues r
{{Geography/place_on_day.sql}}
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(r.geom) AS geom) a
WHERE (@street::text IS NULL OR r.street_code = @street)
  AND (@bbox::geometry IS NULL OR (r.geom && @bbox AND ST_Intersects(r.geom, @bbox)))
  AND (@kinds::text[] IS NULL OR r.category = ANY (@kinds))
  AND (@community::text IS NULL OR pl.community_code = @community)
  AND (@grid::text IS NULL OR pl.grid_code = @grid)
  AND (@placement::text IS NULL OR pl.placement = @placement)
  AND in_scope(r.street_code, r.community_code, r.grid_code, @scope)
  AND (@contains::text IS NULL OR r.name ILIKE @contains OR r.code ILIKE @contains)
  AND (@after_street::text IS NULL OR (r.street_code COLLATE "C", r.code COLLATE "C") > (@after_street, @after_code))
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C"
LIMIT @limit;
