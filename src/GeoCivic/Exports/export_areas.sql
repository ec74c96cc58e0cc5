SELECT {{columns}}
FROM {{table}} r
WHERE r.level = @level AND r.valid_from <= @at AND @at < r.valid_until
  AND (@street::text IS NULL OR r.street_code = @street)
ORDER BY r.street_code COLLATE "C", r.code COLLATE "C";
