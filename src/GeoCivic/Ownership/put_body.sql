INSERT INTO bodies AS b (street_code, code, name, kind) VALUES (@street, @code, @name, @kind)
ON CONFLICT (street_code, code) DO UPDATE SET name = excluded.name, kind = excluded.kind, updated_at = now()
WHERE (b.name, b.kind) IS DISTINCT FROM (excluded.name, excluded.kind);
