SELECT f.rule, f.severity, f.codes, f.area_m2, f.width_m, f.length_m, f.message_en, f.message_zh,
       ST_X(ST_PointOnSurface(f.geom)), ST_Y(ST_PointOnSurface(f.geom))
FROM ({{Geography/coverage.sql}}) f
ORDER BY CASE f.severity WHEN 'error' THEN 0 ELSE 1 END, f.rule, f.area_m2 DESC NULLS LAST, f.id;
