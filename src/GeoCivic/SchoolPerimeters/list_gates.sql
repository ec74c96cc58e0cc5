SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object('code', r.code, 'name', r.name, 'school', r.school_code, 'street', r.street_code))::text,
    r.street_code, r.code
FROM gates r
JOIN schools s ON s.street_code = r.street_code AND s.code = r.school_code
WHERE (@street::text IS NULL OR r.street_code = @street)
  AND (@bbox::geometry IS NULL OR (r.geom && @bbox AND ST_Intersects(r.geom, @bbox)))
  AND (@kinds::text[] IS NULL OR r.school_code = ANY (@kinds))
  AND in_scope(s.street_code, s.community_code, s.grid_code, @scope)
  AND (@contains::text IS NULL OR r.name ILIKE @contains OR r.code ILIKE @contains)
  AND (@after_street::text IS NULL OR (r.street_code COLLATE "C", r.code COLLATE "C") > (@after_street, @after_code))
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C"
LIMIT @limit;
