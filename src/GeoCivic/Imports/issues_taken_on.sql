-- Rows of issues that people here have taken on: their life has a history, which a file does not overwrite.
SELECT count(*)
FROM stage s
JOIN issues i ON i.street_code = @street AND i.code = s.code
WHERE EXISTS (SELECT FROM issue_events e WHERE e.street_code = i.street_code AND e.issue_id = i.id);
