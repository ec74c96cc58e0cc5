-- only the fields that the file has; others keep their value
UPDATE {{table}} t
SET {{set}}, updated_at = now()
FROM stage s
WHERE t.street_code = @street AND t.code = s.code
  AND ({{old}}) IS DISTINCT FROM ({{new}}){{but}};
