-- What was seen of a street in a window: first the features, then one row of totals (first column: which of the two).
WITH frame AS MATERIALIZED (
    -- Metres on the spot: transverse Mercator about the middle of the street. Its scale is off by x²/2R² (Snyder 1987,
    -- eq. 8-4 at the central meridian), x metres east or west of the middle: 3 mm in 30 m at 60 km, nothing at a street's size.
    SELECT format('+proj=tmerc +lat_0=%s +lon_0=%s +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
                  round(ST_Y(c.geom)::numeric, 6), round(ST_X(c.geom)::numeric, 6)) AS metric
    FROM (
        SELECT ST_Centroid(ST_Extent(g.geom)::geometry) AS geom
        FROM (SELECT p.geom FROM points p WHERE p.street_code = @street
              UNION ALL SELECT b.geom FROM base_features b WHERE b.street_code = @street AND b.kind IN ('road_main', 'road_minor')) g
    ) c
    WHERE c.geom IS NOT NULL
), variant (name) AS (
    VALUES ('any'), ('day'), ('night'), ('school_peak')
), mine AS MATERIALIZED (
    SELECT r.code, r.name, r.type, r.community_code, r.grid_code, r.geom,
           CASE WHEN ST_Dimension(r.geom) = 1 THEN ST_Length(r.geom::geography) END AS metres
    FROM points r
    WHERE r.street_code = @street AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)
), made AS MATERIALIZED (
    SELECT w.id, w.point_code, w.shift, w.visited_at
    FROM visits w
    JOIN mine r ON r.code = w.point_code
    WHERE w.street_code = @street AND w.result <> 'unreachable' AND w.visited_at >= @from AND w.visited_at < @to
      AND (NOT w.covert OR point_in_scope(@street, r.code, r.community_code, r.grid_code, @covert_scope))
), been AS MATERIALIZED (
    SELECT m.point_code, v.name AS variant, max(m.visited_at) AS visited_at
    FROM made m JOIN variant v ON v.name IN ('any', m.shift)
    GROUP BY 1, 2
), zone AS MATERIALIZED (
    -- the reach around the visited points, and around check-ins whose position is known as well as that; 128 corners to
    -- a circle keep the outline within 1 cm of it
    SELECT t.variant, (ST_Dump(ST_Union(ST_Buffer(ST_Transform(t.geom, f.metric), @reach, 'quad_segs=32')))).geom
    FROM (
        SELECT b.variant, r.geom FROM been b JOIN mine r ON r.code = b.point_code
        UNION ALL
        SELECT v.name, o.geom
        FROM made m
        JOIN visit_positions o ON o.street_code = @street AND o.visit_id = m.id AND o.accuracy_m <= @reach
        JOIN variant v ON v.name IN ('any', m.shift)
    ) t
    CROSS JOIN frame f
    GROUP BY t.variant
), road AS MATERIALIZED (
    SELECT b.code, b.name, b.kind, b.geom
    FROM base_features b
    WHERE b.street_code = @street AND b.kind IN ('road_main', 'road_minor') AND ST_Dimension(b.geom) = 1
), met AS MATERIALIZED (
    SELECT r.code, a.code AS area, a.geom,
           CASE a.level WHEN 'community' THEN a.code ELSE a.parent_code END AS community,
           CASE a.level WHEN 'grid' THEN a.code END AS grid
    FROM road r
    JOIN area_versions a ON a.street_code = @street AND a.level = @level AND a.valid_until = 'infinity'
        AND a.geom && r.geom AND ST_Intersects(a.geom, r.geom)
), piece AS MATERIALIZED (
    -- a stretch along a common border counts once, for the area with the lowest code, as lines of points do
    SELECT r.code, r.name, r.kind, m.community, ST_CollectionExtract(c.geom, 2) AS geom
    FROM road r
    JOIN met m ON m.code = r.code
    CROSS JOIN LATERAL (
        SELECT ST_Union(o.geom) AS geom FROM met o
        WHERE o.code = r.code AND o.area COLLATE "C" < m.area COLLATE "C" AND o.geom && m.geom
    ) taken
    CROSS JOIN LATERAL (
        SELECT CASE WHEN taken.geom IS NULL THEN ST_Intersection(r.geom, m.geom)
                    ELSE ST_Difference(ST_Intersection(r.geom, m.geom), taken.geom) END AS geom
    ) c
    WHERE in_scope(@street, m.community, m.grid, @scope)
    UNION ALL
    -- what lies in no area belongs to the whole street only
    SELECT r.code, r.name, r.kind, NULL, ST_CollectionExtract(ST_Difference(r.geom, coalesce(all_met.geom, 'SRID=4326;POLYGON EMPTY'::geometry)), 2)
    FROM road r
    CROSS JOIN LATERAL (SELECT ST_Union(m.geom) AS geom FROM met m WHERE m.code = r.code) all_met
    WHERE in_scope(@street, NULL, NULL, @scope)
), measured AS MATERIALIZED (
    SELECT p.*, ST_Length(p.geom::geography) AS metres, ST_Transform(p.geom, f.metric) AS local, f.metric
    FROM piece p CROSS JOIN frame f
    WHERE NOT ST_IsEmpty(p.geom)
), split AS MATERIALIZED (
    SELECT m.code, m.name, m.kind, m.community, v.name AS variant, m.metres, m.metric, m.local, z.geom AS near,
           CASE WHEN z.geom IS NULL THEN NULL ELSE ST_CollectionExtract(ST_Intersection(m.local, z.geom), 2) END AS seen
    FROM measured m
    CROSS JOIN variant v
    CROSS JOIN LATERAL (
        SELECT ST_Collect(k.geom) AS geom FROM zone k
        WHERE k.variant = v.name AND k.geom && m.local AND ST_Intersects(k.geom, m.local)
    ) z
    WHERE m.metres > 0.001
), walked AS MATERIALIZED (
    SELECT s.*, least(s.metres, coalesce(ST_Length(ST_Transform(s.seen, s.metric, 4326)::geography), 0)) AS seen_metres
    FROM split s
), counted AS MATERIALIZED (
    SELECT v.name AS variant, r.community_code AS community,
           count(*) AS points, count(b.point_code) AS points_seen,
           coalesce(sum(r.metres), 0) AS line_metres, coalesce(sum(r.metres) FILTER (WHERE b.point_code IS NOT NULL), 0) AS line_seen,
           0::double precision AS road_metres, 0::double precision AS road_seen
    FROM mine r
    CROSS JOIN variant v
    LEFT JOIN been b ON b.point_code = r.code AND b.variant = v.name
    GROUP BY 1, 2
    UNION ALL
    SELECT w.variant, w.community, 0, 0, 0, 0, sum(w.metres), sum(w.seen_metres) FROM walked w GROUP BY 1, 2
), summed AS MATERIALIZED (
    SELECT grouping(community) = 1 AS whole, community, variant,
           json_build_object(
               'points', sum(points), 'points_seen', sum(points_seen),
               'road_metres', round(sum(road_metres)::numeric, 1), 'road_seen_metres', round(sum(road_seen)::numeric, 1),
               'line_metres', round(sum(line_metres)::numeric, 1), 'line_seen_metres', round(sum(line_seen)::numeric, 1),
               'metres', round((sum(road_metres) + sum(line_metres))::numeric, 1),
               'seen_metres', round((sum(road_seen) + sum(line_seen))::numeric, 1),
               'unseen_metres', round((sum(road_metres) + sum(line_metres) - sum(road_seen) - sum(line_seen))::numeric, 1)) AS sums
    FROM counted
    GROUP BY GROUPING SETS ((variant), (community, variant))
), drawn AS (
    SELECT s.code, s.name, s.kind, s.community, h.seen, d.geom, row_number() OVER (ORDER BY s.code COLLATE "C", s.community COLLATE "C", h.seen, d.path) AS n
    FROM walked s
    CROSS JOIN LATERAL (
        VALUES (true, s.seen),
               (false, CASE WHEN s.near IS NULL THEN s.local ELSE ST_CollectionExtract(ST_Difference(s.local, s.near), 2) END)
    ) AS h (seen, geom)
    CROSS JOIN LATERAL ST_Dump(ST_Transform(h.geom, s.metric, 4326)) AS d
    WHERE s.variant = coalesce(@shift, 'any') AND h.geom IS NOT NULL AND NOT ST_IsEmpty(h.geom)
)
SELECT 0, json_build_object(
    'type', 'Feature', 'id', 'point:' || r.code, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'kind', 'point', 'code', r.code, 'name', r.name, 'type', r.type, 'community', r.community_code, 'grid', r.grid_code,
        'seen', EXISTS (SELECT FROM been b WHERE b.point_code = r.code AND b.variant = coalesce(@shift, 'any')),
        'shifts', ARRAY(SELECT b.variant FROM been b WHERE b.point_code = r.code AND b.variant <> 'any' ORDER BY 1),
        'last_visit', (SELECT beijing_text(b.visited_at) FROM been b WHERE b.point_code = r.code AND b.variant = coalesce(@shift, 'any')),
        'metres', round(r.metres::numeric, 1)))::text
FROM mine r
UNION ALL
SELECT 0, json_build_object(
    'type', 'Feature', 'id', 'road:' || d.n, 'geometry', ST_AsGeoJSON(d.geom, 7)::json,
    'properties', json_build_object(
        'kind', 'road', 'code', d.code, 'name', d.name, 'road', d.kind, 'community', d.community, 'seen', d.seen,
        'metres', round(ST_Length(d.geom::geography)::numeric, 2)))::text
FROM drawn d
UNION ALL
SELECT 1, json_build_object(
    'totals', (SELECT json_object_agg(s.variant, s.sums) FROM summed s WHERE s.whole),
    'communities', coalesce((
        SELECT json_agg(json_build_object('code', c.community, 'name', c.name, 'totals', c.totals) ORDER BY c.community COLLATE "C" NULLS LAST)
        FROM (
            SELECT s.community, json_object_agg(s.variant, s.sums) AS totals,
                   (SELECT a.name FROM area_versions a WHERE a.street_code = @street AND a.level = 'community' AND a.code = s.community AND a.valid_until = 'infinity') AS name
            FROM summed s WHERE NOT s.whole GROUP BY s.community
        ) c), '[]'::json))::text
ORDER BY 1;
