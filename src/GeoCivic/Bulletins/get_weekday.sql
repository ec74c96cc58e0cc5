SELECT s.name, coalesce(w.weekday, 3)
FROM streets s
LEFT JOIN bulletin_schedules w ON w.street_code = s.street_code
WHERE s.street_code = @street;
