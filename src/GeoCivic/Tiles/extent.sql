-- TileJSON wants what Web Mercator can show, and no empty box
SELECT CASE WHEN e.box IS NOT NULL THEN ARRAY[
    ST_XMin(e.box), greatest(ST_YMin(e.box), -85.051129), ST_XMax(e.box), least(ST_YMax(e.box), 85.051129)] END
FROM (SELECT ST_Extent(geom) AS box FROM {{table}} r WHERE {{where}}) e;
