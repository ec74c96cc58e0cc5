-- a week from a Monday in steps of five minutes: what part of each weekday each shift covers, and where peaks begin and end
SELECT extract(isodow FROM t)::integer AS weekday, shift_at((t AT TIME ZONE INTERVAL '8 hours')) AS shift,
       (extract(hour FROM t) * 60 + extract(minute FROM t))::integer AS minute
FROM generate_series(TIMESTAMP '2026-01-05', TIMESTAMP '2026-01-11 23:55', INTERVAL '5 minutes') AS t
ORDER BY t
