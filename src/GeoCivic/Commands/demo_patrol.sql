-- Points of the community in the order of a walk from west to east, with a place to stand at.
SELECT r.code, round(ST_X(ST_PointOnSurface(r.geom))::numeric, 7)::double precision, round(ST_Y(ST_PointOnSurface(r.geom))::numeric, 7)::double precision
FROM points r
WHERE r.street_code = @street AND r.community_code = @community
ORDER BY ST_X(ST_Centroid(r.geom)), r.code;
