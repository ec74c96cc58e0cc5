-- a street, or a community or grid in force; the body, when one is named, must be of that street
SELECT s.street_code, v.level, v.code, CASE v.level WHEN 'grid' THEN v.parent_code WHEN 'community' THEN v.code END,
       @body::text IS NULL OR EXISTS (SELECT FROM bodies b WHERE b.street_code = s.street_code AND b.code = @body)
FROM (
    SELECT street_code, NULL::text AS level, NULL::text AS code, NULL::text AS parent_code, 0 AS sort
    FROM streets WHERE street_code = @area
    UNION ALL
    SELECT street_code, level, code, parent_code, CASE level WHEN 'community' THEN 1 ELSE 2 END
    FROM area_versions WHERE code = @area AND level IN ('community', 'grid') AND valid_until = 'infinity'
) v
JOIN streets s USING (street_code)
WHERE @street::text IS NULL OR s.street_code = @street
ORDER BY v.sort, s.street_code COLLATE "C"
LIMIT 1;
