SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'code', r.code, 'name', r.name, 'type', r.type, 'street', r.street_code,
        'grid', pl.grid_code,
        'community', pl.community_code,
        'placement', pl.placement,
        'snap_distance_m', pl.snap_distance_m,
        'open_issues', (SELECT count(*) FROM issues i WHERE i.street_code = r.street_code AND i.point_code = r.code AND i.is_open
            AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)),
        'anchor', ARRAY[ST_X(a.geom), ST_Y(a.geom)],
        'shares', CASE WHEN ST_Dimension(r.geom) > 0 THEN
            CASE WHEN @at::date IS NULL
                THEN (SELECT json_agg(json_build_object('grid', x.grid_code, 'share', round(x.share::numeric, 6)) ORDER BY x.share DESC, x.grid_code)
                      FROM point_grids x WHERE x.street_code = r.street_code AND x.code = r.code)
                ELSE (SELECT json_agg(json_build_object('grid', x.grid_code, 'share', round(x.share::numeric, 6)) ORDER BY x.share DESC, x.grid_code)
                      FROM grid_shares(r.street_code, r.geom, @at::date) x) END
        END))::text,
    r.street_code, r.code
FROM points r
{{Geography/place_on_day.sql}}
-- a place on the geometry for its symbol: the middle of a line, a point inside an area
CROSS JOIN LATERAL (SELECT CASE GeometryType(r.geom)
    WHEN 'POINT' THEN r.geom
    WHEN 'LINESTRING' THEN ST_LineInterpolatePoint(r.geom, 0.5)
    ELSE ST_PointOnSurface(r.geom) END AS geom) a
{{Points/where_points.sql}}
  AND (@after_street::text IS NULL OR (r.street_code COLLATE "C", r.code COLLATE "C") > (@after_street, @after_code))
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C"
LIMIT @limit;
