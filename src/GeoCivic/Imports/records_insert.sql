-- An anti-join would read the growing table once per row where its statistics still say that it is empty.
INSERT INTO {{table}} (street_code, {{columns}})
SELECT @street, {{values}}
FROM stage s
ON CONFLICT (street_code, code) DO NOTHING;
