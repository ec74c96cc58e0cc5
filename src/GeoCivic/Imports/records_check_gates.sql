INSERT INTO refused (line, field, reason, value)
SELECT s.line, 'school', 'no school has this code; import the schools first', s.school_code
FROM stage s
WHERE NOT EXISTS (SELECT FROM schools o WHERE o.street_code = @street AND o.code = s.school_code);
