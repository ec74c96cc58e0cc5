-- Streets with venues, or schools, that have no run of this night yet.
SELECT s.street_code
FROM streets s
WHERE (EXISTS (SELECT FROM venues v WHERE v.street_code = s.street_code) OR EXISTS (SELECT FROM schools c WHERE c.street_code = s.street_code))
  AND NOT EXISTS (SELECT FROM perimeter_runs r WHERE r.street_code = s.street_code AND r.kind = 'nightly' AND r.day = @day)
ORDER BY s.street_code COLLATE "C";
