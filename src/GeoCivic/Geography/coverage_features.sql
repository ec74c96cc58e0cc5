SELECT json_build_object(
    'type', 'Feature', 'id', f.id, 'geometry', ST_AsGeoJSON(f.geom, 7)::json,
    'properties', json_build_object(
        'rule', f.rule, 'severity', f.severity, 'codes', f.codes, 'area_m2', round(f.area_m2::numeric, 2),
        'width_m', round(f.width_m::numeric, 2), 'length_m', round(f.length_m::numeric, 2),
        'message_zh', f.message_zh, 'message_en', f.message_en))::text
FROM ({{Geography/coverage.sql}}) f
ORDER BY CASE f.severity WHEN 'error' THEN 0 ELSE 1 END, f.rule, f.area_m2 DESC NULLS LAST, f.id;
