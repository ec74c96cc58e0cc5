INSERT INTO {{table}} (street_code, {{columns}})
SELECT @street, {{values}}
FROM stage s
WHERE NOT EXISTS (SELECT FROM {{table}} t WHERE t.street_code = @street AND t.code = s.code);
