SELECT count(*)
FROM points p
LEFT JOIN LATERAL grid_of(p.street_code, p.geom, @at::date) then_ ON @at::date IS NOT NULL
{{where}};
