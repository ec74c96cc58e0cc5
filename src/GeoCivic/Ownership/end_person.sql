-- The version in force on the last day is entered again with its end; none in force: no row.
SELECT put_person(ROW(d.street_code, d.code, d.name, d.role, d.level, d.area_code, d.building, d.unit,
                    d.valid_from, @on::date + 1, NULL, NULL)::people, @today)
FROM people d
WHERE d.street_code = @street AND d.code = @code AND d.superseded_at = 'infinity' AND d.valid_from <= @on AND @on < d.valid_until;
