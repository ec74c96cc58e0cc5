-- Grids in force whose borders come within half a metre of each other, at an edge or at a corner, and whether what they
-- share is river throughout. Lengths are told in plane metres at the street's latitude (series of the WGS-84 ellipsoid):
-- over the half metre that decides, that is exact enough by far.
WITH plane AS MATERIALIZED (
    SELECT 111412.84 * cos(phi) - 93.5 * cos(3 * phi) + 0.118 * cos(5 * phi) AS east,
           111132.92 - 559.82 * cos(2 * phi) + 1.175 * cos(4 * phi) AS north
    FROM (
        SELECT radians(avg((ST_YMin(geom) + ST_YMax(geom)) / 2)) AS phi FROM area_versions
        WHERE street_code = @street AND level = 'grid' AND valid_until = 'infinity'
    ) middle
), river AS MATERIALIZED (
    -- a river drawn as a line is taken to be 20 m wide: borders that follow it seldom do so exactly
    SELECT ST_Union(ST_Buffer(ST_Scale(b.geom, p.east, p.north), CASE ST_Dimension(b.geom) WHEN 2 THEN 0.5 ELSE 10 END)) AS geom
    FROM base_features b CROSS JOIN plane p
    WHERE b.street_code = @street AND b.kind = 'river' AND ST_Dimension(b.geom) > 0
), touching AS MATERIALIZED (
    -- the index finds who is near
    SELECT a.code AS a, b.code AS b, ST_Scale(a.geom, p.east, p.north) AS geom_a, ST_Scale(b.geom, p.east, p.north) AS geom_b
    FROM plane p
    JOIN area_versions a ON a.street_code = @street AND a.level = 'grid' AND a.valid_until = 'infinity'
    JOIN area_versions b ON b.geom && ST_Expand(a.geom, 0.6 / p.east, 0.6 / p.north)
        AND b.street_code = @street AND b.level = 'grid' AND b.valid_until = 'infinity' AND b.code COLLATE "C" > a.code COLLATE "C"
)
SELECT t.a, t.b,
       CASE WHEN ST_Intersects(t.geom_a, r.geom) AND ST_Intersects(t.geom_b, r.geom) THEN (
           -- at most the ends of what they share may reach beyond the river
           SELECT ST_Intersects(shared, r.geom) AND ST_Length(ST_Difference(shared, r.geom)) < 1.5
           FROM ST_Intersection(ST_Boundary(t.geom_a), ST_Buffer(t.geom_b, 0.5)) shared)
       ELSE false END AS across
FROM touching t CROSS JOIN river r
WHERE ST_DWithin(t.geom_a, t.geom_b, 0.5);
