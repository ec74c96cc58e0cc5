-- Grids in force whose borders come within half a metre of each other, at an edge or at a corner, and whether what they
-- share is river throughout. Lengths are told in plane metres at the latitude of the first one's street (series of the
-- WGS-84 ellipsoid): over the half metre that decides, that is exact enough by far.
WITH plane AS MATERIALIZED (
    SELECT street_code, extent,
           111412.84 * cos(phi) - 93.5 * cos(3 * phi) + 0.118 * cos(5 * phi) AS east,
           111132.92 - 559.82 * cos(2 * phi) + 1.175 * cos(4 * phi) AS north
    FROM (
        SELECT street_code, ST_SetSRID(ST_Extent(geom)::geometry, 4326) AS extent,
               radians((min(ST_YMin(geom)) + max(ST_YMax(geom))) / 2) AS phi
        FROM area_versions
        WHERE street_code = ANY (@streets) AND level = 'grid' AND valid_until = 'infinity'
        GROUP BY street_code
    ) middle
), river AS MATERIALIZED (
    -- a river drawn as a line is taken to be 20 m wide: borders that follow it seldom do so exactly
    SELECT p.street_code, ST_Union(ST_Buffer(ST_Scale(b.geom, p.east, p.north), CASE ST_Dimension(b.geom) WHEN 2 THEN 0.5 ELSE 10 END)) AS geom
    FROM plane p
    JOIN base_features b ON b.geom && p.extent AND b.street_code = ANY (@streets) AND b.kind = 'river' AND ST_Dimension(b.geom) > 0
    GROUP BY 1
), touching AS MATERIALIZED (
    -- the index finds who is near
    SELECT a.street_code AS street_a, a.code AS a, b.street_code AS street_b, b.code AS b,
           ST_Scale(a.geom, p.east, p.north) AS geom_a, ST_Scale(b.geom, p.east, p.north) AS geom_b
    FROM plane p
    JOIN area_versions a ON a.street_code = p.street_code AND a.level = 'grid' AND a.valid_until = 'infinity'
    JOIN area_versions b ON b.geom && ST_Expand(a.geom, 0.6 / p.east, 0.6 / p.north)
        AND b.street_code = ANY (@streets) AND b.level = 'grid' AND b.valid_until = 'infinity'
        AND (b.street_code COLLATE "C", b.code COLLATE "C") > (a.street_code COLLATE "C", a.code COLLATE "C")
)
SELECT t.street_a, t.a, t.street_b, t.b,
       CASE WHEN ST_Intersects(t.geom_a, r.geom) AND ST_Intersects(t.geom_b, r.geom) THEN (
           -- at most the ends of what they share may reach beyond the river
           SELECT ST_Intersects(shared, r.geom) AND ST_Length(ST_Difference(shared, r.geom)) < 1.5
           FROM ST_Intersection(ST_Boundary(t.geom_a), ST_Buffer(t.geom_b, 0.5)) shared)
       ELSE false END AS across
FROM touching t
LEFT JOIN river r ON r.street_code = t.street_a
WHERE ST_DWithin(t.geom_a, t.geom_b, 0.5);
