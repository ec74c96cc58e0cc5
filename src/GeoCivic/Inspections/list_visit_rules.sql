SELECT coalesce(json_agg(json_build_object(
    'street', nullif(r.street_code, '*'), 'point_type', r.point_type, 'shift', r.shift, 'every_days', r.every_days, 'note', r.note,
    'from', CASE WHEN isfinite(r.valid_from) THEN r.valid_from END)
    ORDER BY r.street_code, t.sort, r.point_type, r.shift), '[]'::json)::text
FROM visit_rules r
JOIN point_types t ON t.code = r.point_type
WHERE r.valid_from <= @day AND @day < r.valid_until
  AND r.street_code IN ('*', @street)
  AND (r.street_code = '*' OR in_street_scope(r.street_code, @scope));
