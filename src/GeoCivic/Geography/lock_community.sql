SELECT s.street_code
FROM streets s
JOIN area_versions c ON c.street_code = s.street_code AND c.level = 'community' AND c.code = @community AND c.valid_until = 'infinity'
FOR NO KEY UPDATE OF s;
