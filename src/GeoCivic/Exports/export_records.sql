SELECT {{columns}}
FROM {{table}} r
WHERE r.street_code = @street
ORDER BY r.code COLLATE "C";
