-- Tables name bodies by code or, people's way, by name.
UPDATE stage s
SET body_code = b.code
FROM (
    SELECT name, min(code) AS code FROM bodies WHERE street_code = @street GROUP BY name HAVING count(*) = 1
) b
WHERE b.name = s.body_code
  AND NOT EXISTS (SELECT FROM bodies o WHERE o.street_code = @street AND o.code = s.body_code);

INSERT INTO refused (line, field, reason, value)
SELECT s.line, 'body', 'no responsible body has this code or name; import the bodies first', s.body_code
FROM stage s
WHERE NOT EXISTS (SELECT FROM bodies o WHERE o.street_code = @street AND o.code = s.body_code);
