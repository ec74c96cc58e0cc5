WITH {{Inspections/runs_judged.sql}}
SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'code', r.code, 'name', r.name, 'type', r.type, 'community', r.community_code, 'grid', r.grid_code,
        'seen', b.missing IS NULL, 'missing', coalesce(b.missing, '{}'), 'shifts', b.rows))::text
FROM judged k
JOIN asked a ON a.plan_id = k.plan_id AND a.version = k.version AND a.joined <= k.first
JOIN points r ON r.street_code = @street AND r.code = a.code
CROSS JOIN LATERAL (
    SELECT array_agg(s.shift ORDER BY s.i) FILTER (WHERE e.code IS NULL) AS missing,
           json_agg(json_build_object('shift', s.shift, 'seen', e.code IS NOT NULL, 'visited_at', beijing_text(e.visited_at)) ORDER BY s.i) AS rows
    FROM unnest(k.shifts) WITH ORDINALITY AS s (shift, i)
    LEFT JOIN seen e ON e.plan_id = k.plan_id AND e.version = k.version AND e.first = k.first AND e.code = a.code AND e.shift = s.shift
) b
WHERE k.first = @from AND (@seen::boolean IS NULL OR @seen = (b.missing IS NULL))
ORDER BY b.missing IS NULL, a.community_code, a.grid_code, r.code;
