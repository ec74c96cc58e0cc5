-- Points in the order of a walk that begins in the community, with a place to stand at.
SELECT r.code, round(ST_X(ST_PointOnSurface(r.geom))::numeric, 7)::double precision, round(ST_Y(ST_PointOnSurface(r.geom))::numeric, 7)::double precision
FROM points r
CROSS JOIN (SELECT ST_Centroid(geom) AS start FROM area_versions
            WHERE street_code = @street AND level = 'community' AND code = @community AND valid_until = 'infinity') c
WHERE r.street_code = @street
ORDER BY r.community_code IS DISTINCT FROM @community, r.geom <-> c.start, r.code;
