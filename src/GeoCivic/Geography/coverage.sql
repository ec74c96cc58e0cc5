-- Findings about the grids of one street in force on a day. Shapes are stored to 1e-7 degree (about 1 cm), so
-- pieces narrower than 5 cm on average (2 x area / perimeter) are rounding, not findings.
WITH grids AS MATERIALIZED (
    SELECT g.code, g.parent_code, g.geom
    FROM area_versions g
    WHERE g.street_code = @street AND g.level = 'grid' AND g.valid_from <= @at AND @at < g.valid_until
), communities AS MATERIALIZED (
    SELECT c.code, c.geom
    FROM area_versions c
    WHERE c.street_code = @street AND c.level = 'community' AND c.valid_from <= @at AND @at < c.valid_until
), covered AS MATERIALIZED (
    SELECT ST_Union(geom) AS geom FROM grids
), outline AS MATERIALIZED (
    -- the street's own boundary; without one, the communities together; without any, the grids with holes filled
    SELECT coalesce(
        (SELECT s.geom FROM area_versions s
         WHERE s.street_code = @street AND s.level = 'street' AND s.valid_from <= @at AND @at < s.valid_until),
        (SELECT ST_Union(geom) FROM communities),
        (SELECT ST_Union(ST_MakePolygon(ST_ExteriorRing(d.geom))) FROM covered, ST_Dump(covered.geom) d)
    ) AS geom
), gap AS (
    SELECT 'gap' AS rule, 'error' AS severity, ARRAY[]::text[] AS codes, d.geom
    FROM outline, covered, ST_Dump(ST_CollectionExtract(ST_Difference(outline.geom, covered.geom), 3)) d
    WHERE covered.geom IS NOT NULL
), overlap AS (
    -- the index finds the neighbours; only pieces with a surface count
    SELECT 'overlap', 'error', ARRAY[a.code, b.code], d.geom
    FROM area_versions a
    JOIN area_versions b ON b.geom && a.geom AND b.street_code = a.street_code AND b.level = 'grid'
        AND b.valid_from <= @at AND @at < b.valid_until AND b.code COLLATE "C" > a.code COLLATE "C"
    CROSS JOIN LATERAL ST_Dump(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)) d
    WHERE a.street_code = @street AND a.level = 'grid' AND a.valid_from <= @at AND @at < a.valid_until
), leaving AS (
    SELECT 'outside_community', 'error', ARRAY[g.code, g.parent_code], d.geom
    FROM grids g
    JOIN communities c ON c.code = g.parent_code
    CROSS JOIN LATERAL ST_Dump(ST_CollectionExtract(ST_Difference(g.geom, c.geom), 3)) d
    WHERE NOT ST_CoveredBy(g.geom, c.geom)
), piece AS (
    SELECT *, ST_Area(geom::geography) AS area_m2, ST_Perimeter(geom::geography) AS perimeter_m
    FROM (SELECT * FROM gap UNION ALL SELECT * FROM overlap UNION ALL SELECT * FROM leaving) p
), broken AS (
    -- cannot happen while the checks on the table are in force; found if somebody took them off
    SELECT CASE WHEN ST_IsEmpty(v.geom) THEN 'empty_shape' ELSE 'invalid_shape' END AS rule, 'error' AS severity,
           ARRAY[v.code] AS codes, CASE WHEN ST_IsEmpty(v.geom) THEN NULL ELSE ST_Envelope(v.geom) END AS geom,
           coalesce(ST_IsValidReason(v.geom), '') AS why
    FROM area_versions v
    WHERE v.street_code = @street AND v.valid_from <= @at AND @at < v.valid_until
      AND (ST_IsEmpty(v.geom) OR NOT ST_IsValid(v.geom))
), astray AS (
    SELECT CASE placement WHEN 'orphan' THEN 'orphan_point' ELSE 'snapped_point' END AS rule,
           CASE placement WHEN 'orphan' THEN 'error' ELSE 'note' END AS severity,
           dataset, code, name, grid_code, snap_distance_m, ST_PointOnSurface(geom) AS geom
    FROM (
        SELECT 'point' AS dataset, code, name, placement, grid_code, snap_distance_m, geom FROM points
        WHERE street_code = @street AND placement <> 'inside'
        UNION ALL
        SELECT 'school', code, name, placement, grid_code, snap_distance_m, geom FROM schools
        WHERE street_code = @street AND placement <> 'inside'
        UNION ALL
        SELECT 'venue', code, name, placement, grid_code, snap_distance_m, geom FROM venues
        WHERE street_code = @street AND placement <> 'inside'
    ) r
)
SELECT md5(concat_ws('|', rule, array_to_string(codes, ','), ST_AsText(ST_PointOnSurface(geom), 6))) AS id,
       rule, severity, codes, area_m2, 2 * area_m2 / perimeter_m AS width_m, perimeter_m / 2 AS length_m,
       CASE rule
           WHEN 'gap' THEN format('空隙 %s m²，平均宽 %s m，不属于任何网格', round(area_m2::numeric, 1), round((2 * area_m2 / perimeter_m)::numeric, 2))
           WHEN 'overlap' THEN format('网格 %s 与 %s 重叠 %s m²', codes[1], codes[2], round(area_m2::numeric, 1))
           ELSE format('网格 %s 超出社区 %s 共 %s m²', codes[1], codes[2], round(area_m2::numeric, 1))
       END AS message_zh,
       CASE rule
           WHEN 'gap' THEN format('Gap of %s m², %s m wide on average, in no grid', round(area_m2::numeric, 1), round((2 * area_m2 / perimeter_m)::numeric, 2))
           WHEN 'overlap' THEN format('Grids %s and %s overlap by %s m²', codes[1], codes[2], round(area_m2::numeric, 1))
           ELSE format('Grid %s leaves community %s by %s m²', codes[1], codes[2], round(area_m2::numeric, 1))
       END AS message_en,
       geom
FROM piece
WHERE area_m2 > 0 AND 2 * area_m2 / perimeter_m >= 0.05
UNION ALL
SELECT md5(concat_ws('|', rule, codes[1])), rule, severity, codes, NULL, NULL, NULL,
       format('%s 的边界无效：%s', codes[1], why), format('The shape of %s is invalid: %s', codes[1], why), geom
FROM broken
UNION ALL
SELECT md5(concat_ws('|', rule, dataset, code)), rule, severity, array_remove(ARRAY[code, grid_code], NULL), NULL, NULL, snap_distance_m,
       CASE rule
           WHEN 'orphan_point' THEN format('%s（%s）不在任何网格内，20 m 内也没有网格', name, code)
           ELSE format('%s（%s）在网格之外 %s m，已归入网格 %s', name, code, round(snap_distance_m::numeric, 1), grid_code)
       END,
       CASE rule
           WHEN 'orphan_point' THEN format('%s (%s) lies in no grid, and none is within 20 m', name, code)
           ELSE format('%s (%s) lies %s m outside the grids and was snapped to %s', name, code, round(snap_distance_m::numeric, 1), grid_code)
       END,
       geom
FROM astray
