DELETE FROM gates WHERE street_code = @street AND school_code = @school AND code <> ALL (@codes);
INSERT INTO gates (street_code, code, name, school_code, geom, is_main, accuracy, datum, updated_at)
SELECT @street, g.code, g.name, @school, ST_GeometryN(@places, g.n::integer), g.main::boolean, g.accuracy, g.datum, @now
FROM unnest(@codes, @names, @mains, @accuracies, @data) WITH ORDINALITY AS g (code, name, main, accuracy, datum, n)
ON CONFLICT (street_code, code) DO UPDATE
SET name = excluded.name, geom = excluded.geom, is_main = excluded.is_main, accuracy = excluded.accuracy, datum = excluded.datum,
    updated_at = excluded.updated_at
WHERE (gates.name, gates.is_main, gates.accuracy, gates.datum) IS DISTINCT FROM (excluded.name, excluded.is_main, excluded.accuracy, excluded.datum)
   OR NOT ST_Equals(gates.geom, excluded.geom);
