SELECT json_build_object(
    'type', 'Feature', 'id', r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'code', r.code, 'name', r.name, 'type', r.type, 'street', r.street_code,
        'grid', pl.grid_code,
        'community', pl.community_code,
        'placement', pl.placement,
        'snap_distance_m', pl.snap_distance_m,
        'building', r.building, 'floor', r.floor, 'sub_place', r.sub_place,
        'open_issues', (SELECT count(*) FROM issues i WHERE i.street_code = r.street_code AND i.point_code = r.code AND i.is_open
            AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)),
        'worker', ARRAY(SELECT a.display_name FROM workers_of(r.street_code, r.code, r.community_code, r.grid_code, @today) w
                        JOIN accounts a ON a.account_id = w.account_id ORDER BY a.display_name),
        'last_visit', beijing_text(v.last_visit), 'due', v.due, 'due_status', v.status, 'shifts', v.shifts,
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
-- what the whole point waits for is the worst of its shifts
CROSS JOIN LATERAL (
    SELECT max(d.last_visit) AS last_visit, min(d.due) AS due,
           CASE WHEN bool_or(d.status = 'overdue') THEN 'overdue' WHEN bool_or(d.status = 'today') THEN 'today'
                WHEN bool_or(d.status = 'done') THEN 'done' WHEN bool_or(d.status = 'upcoming') THEN 'upcoming' ELSE 'none' END AS status,
           coalesce(json_agg(json_build_object(
               'shift', d.shift, 'every_days', d.every_days, 'last_visit', beijing_text(d.last_visit), 'due', d.due, 'status', d.status)
               ORDER BY d.shift), '[]'::json) AS shifts
    FROM visits_due(r.street_code, r.code, r.type, r.added_at, @today) d) v
{{Points/where_points.sql}}
  AND (@after_street::text IS NULL OR (r.street_code COLLATE "C", r.code COLLATE "C") > (@after_street, @after_code))
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C"
LIMIT @limit;
