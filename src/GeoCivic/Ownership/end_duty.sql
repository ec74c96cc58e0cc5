-- The version in force on the last day is entered again with its end; none in force: no row.
SELECT put_duty(ROW(d.street_code, d.code, d.name, d.category, d.level, d.area_code, d.body_code, d.role, d.leader_role,
                    d.valid_from, @on::date + 1, NULL, NULL)::duties, @today)
FROM duties d
WHERE d.street_code = @street AND d.code = @code AND d.superseded_at = 'infinity' AND d.valid_from <= @on AND @on < d.valid_until;
