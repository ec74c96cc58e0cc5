-- The communities in force with their points, and the bodies.
SELECT 'community', v.code, v.name,
       (SELECT count(*) FROM points p WHERE p.street_code = v.street_code AND p.community_code = v.code)::int
FROM area_versions v
WHERE v.street_code = @street AND v.level = 'community' AND v.valid_until = 'infinity'
UNION ALL
SELECT 'body', b.code, b.name, 0 FROM bodies b WHERE b.street_code = @street
ORDER BY 1, 2;
