-- The shapes that records (or areas of a level) should lie in: everything in force above them.
SELECT geom
FROM area_versions
WHERE street_code = @street AND valid_until = 'infinity'
  AND CASE @level WHEN 'community' THEN level = 'street' WHEN 'grid' THEN level IN ('street', 'community') ELSE true END;
