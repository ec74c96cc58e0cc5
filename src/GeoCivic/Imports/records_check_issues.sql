INSERT INTO refused (line, field, reason, value)
SELECT s.line, 'point', 'no evaluation point has this code; import the points first or leave the field out', s.point_code
FROM stage s
WHERE s.point_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM points o WHERE o.street_code = @street AND o.code = s.point_code);
