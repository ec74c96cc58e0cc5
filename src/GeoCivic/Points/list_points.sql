SELECT json_build_object(
    'type', 'Feature', 'id', p.code, 'geometry', ST_AsGeoJSON(p.geom, 7)::json,
    'properties', json_build_object(
        'code', p.code, 'name', p.name, 'type', p.type, 'street', p.street_code,
        'grid', CASE WHEN @at::date IS NULL THEN p.grid_code ELSE then_.grid_code END,
        'community', CASE WHEN @at::date IS NULL THEN p.community_code ELSE then_.community_code END,
        'placement', coalesce(then_.placement, p.placement),
        'snap_distance_m', CASE WHEN @at::date IS NULL THEN p.snap_distance_m ELSE then_.snap_distance_m END,
        'open_issues', (SELECT count(*) FROM issues i WHERE i.street_code = p.street_code AND i.point_code = p.code AND i.is_open),
        'anchor', ARRAY[ST_X(a.geom), ST_Y(a.geom)],
        'shares', CASE WHEN ST_Dimension(p.geom) > 0 THEN
            CASE WHEN @at::date IS NULL
                THEN (SELECT json_agg(json_build_object('grid', x.grid_code, 'share', round(x.share::numeric, 6)) ORDER BY x.share DESC, x.grid_code)
                      FROM point_grids x WHERE x.street_code = p.street_code AND x.code = p.code)
                ELSE (SELECT json_agg(json_build_object('grid', x.grid_code, 'share', round(x.share::numeric, 6)) ORDER BY x.share DESC, x.grid_code)
                      FROM grid_shares(p.street_code, p.geom, @at::date) x) END
        END))::text,
    p.street_code, p.code
FROM points p
LEFT JOIN LATERAL grid_of(p.street_code, p.geom, @at::date) then_ ON @at::date IS NOT NULL
-- a place on the geometry for its symbol: the middle of a line, a point inside an area
CROSS JOIN LATERAL (SELECT CASE GeometryType(p.geom)
    WHEN 'POINT' THEN p.geom
    WHEN 'LINESTRING' THEN ST_LineInterpolatePoint(p.geom, 0.5)
    ELSE ST_PointOnSurface(p.geom) END AS geom) a
{{where}}
  AND (@after_street::text IS NULL OR (p.street_code COLLATE "C", p.code COLLATE "C") > (@after_street, @after_code))
ORDER BY p.street_code COLLATE "C", p.code COLLATE "C"
LIMIT @limit;
