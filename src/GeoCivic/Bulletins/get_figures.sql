SELECT f.figure_key, f.subject, f.code, f.name, f.measure, f.value, f.previous, f.base, f.rank, f.grade,
       coalesce((SELECT array_agg(r.record_no ORDER BY r.sort) FROM bulletin_figure_records r
                 WHERE r.street_code = f.street_code AND r.bulletin_id = f.bulletin_id AND r.figure_key = f.figure_key), '{}')
FROM bulletin_figures f
WHERE f.street_code = @street AND f.bulletin_id = @id
ORDER BY f.sort;
