WITH formula AS (
    INSERT INTO grading_formulas (street_code, version, min_tasks, excellent, good, fair, made_at, made_by)
    VALUES (@street, @version, @min_tasks, @excellent, @good, @fair, @now, @account)
    RETURNING street_code, version
)
INSERT INTO grading_indicators (street_code, version, subject, indicator, sort, weight, zero_at, full_at)
SELECT f.street_code, f.version, x.subject, x.indicator, x.sort, x.weight, x.zero_at, x.full_at
FROM formula f, unnest(@subjects::text[], @indicators::text[], @weights::float8[], @zeros::float8[], @fulls::float8[])
    WITH ORDINALITY x (subject, indicator, weight, zero_at, full_at, sort);
