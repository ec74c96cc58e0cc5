SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'code', r.code, 'name', r.name, 'kind', r.kind, 'street', r.street_code, 'layer', r.layer, 'bridge', r.bridge,
        'tunnel', r.tunnel, 'walkable', r.walkable, 'level', way_level(r.layer, r.bridge, r.tunnel),
        'walks', way_walks(r.kind, r.tunnel, r.walkable),
        'accuracy', json_build_object('class', coalesce(r.accuracy, 'B'), 'metres', accuracy_m(r.accuracy)),
        'datum', r.datum, 'revision', r.revision))::text,
    r.street_code, r.code
FROM ways r
WHERE (@street::text IS NULL OR r.street_code = @street)
  AND (@bbox::geometry IS NULL OR (r.geom && @bbox AND ST_Intersects(r.geom, @bbox)))
  AND (@kinds::text[] IS NULL OR r.kind = ANY (@kinds))
  AND in_street_scope(r.street_code, @scope)
  AND (@contains::text IS NULL OR r.name ILIKE @contains OR r.code ILIKE @contains)
  AND (@after_street::text IS NULL OR (r.street_code COLLATE "C", r.code COLLATE "C") > (@after_street, @after_code))
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C"
LIMIT @limit;
