SELECT s.name, c.name, g.name
FROM streets s
JOIN area_versions g ON g.street_code = s.street_code AND g.level = 'grid' AND g.code = @grid AND g.valid_until = 'infinity'
LEFT JOIN area_versions c ON c.street_code = s.street_code AND c.level = 'community' AND c.code = @community AND c.valid_until = 'infinity'
WHERE s.street_code = @street;
