-- An anti-join would read the growing table once per row where its statistics still say that it is empty.
-- Geometries order along a Hilbert curve: neighbours land on the same pages of table and index, which makes both
-- this insert and every later search by place faster.
INSERT INTO {{table}} (street_code, {{columns}})
SELECT @street, {{values}}
FROM stage s
ORDER BY {{order}}
ON CONFLICT (street_code, code) DO NOTHING;
