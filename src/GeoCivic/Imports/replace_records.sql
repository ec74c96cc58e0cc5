-- the records of one dataset
CREATE TEMP TABLE to_place_{{table}} ON COMMIT DROP AS
SELECT DISTINCT ON (r.{{key}}) r.{{key}} AS key, r.geom
FROM search b
JOIN {{table}} r ON r.street_code = @street AND r.geom && b.box;
CREATE INDEX ON to_place_{{table}} USING gist (geom);
ANALYZE to_place_{{table}};

CREATE TEMP TABLE placed_{{table}} ON COMMIT DROP AS
WITH covered AS (
    -- points: each grid drives the index on the points; on shared edges the lowest code wins
    SELECT DISTINCT ON (t.key) t.key, g.code, g.parent_code
    FROM area_versions g
    JOIN to_place_{{table}} t ON t.geom && g.geom AND ST_Covers(g.geom, t.geom)
    WHERE g.street_code = @street AND g.level = 'grid' AND g.valid_until = 'infinity' AND ST_Dimension(t.geom) = 0
    ORDER BY t.key, g.code COLLATE "C"
)
SELECT c.key, c.code AS grid_code, c.parent_code AS community_code, 'inside' AS placement, NULL::double precision AS snap_distance_m
FROM covered c
UNION ALL
-- lines, areas, and points outside all grids: the general rule
SELECT t.key, p.grid_code, p.community_code, p.placement, p.snap_distance_m
FROM to_place_{{table}} t
CROSS JOIN LATERAL grid_of(@street, t.geom, @today) p
WHERE NOT EXISTS (SELECT FROM covered c WHERE c.key = t.key);
ANALYZE placed_{{table}};
