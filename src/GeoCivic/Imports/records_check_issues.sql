INSERT INTO refused (line, field, reason, value)
SELECT s.line, 'point', 'no evaluation point has this code; import the points first or leave the field out', s.point_code
FROM stage s
WHERE s.point_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM points o WHERE o.street_code = @street AND o.code = s.point_code);
-- A file does not overwrite what people here have begun: its state has a history.
INSERT INTO refused (line, field, reason, value)
SELECT s.line, 'code', 'this issue has been taken on here; its life is not changed by a file', s.code
FROM stage s
JOIN issues i ON i.street_code = @street AND i.code = s.code
WHERE EXISTS (SELECT FROM issue_events e WHERE e.street_code = i.street_code AND e.issue_id = i.id);
