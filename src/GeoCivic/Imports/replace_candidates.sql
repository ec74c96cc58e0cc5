-- Records near a changed boundary: 20.5 m around the old and the new shapes. Many changed grids are one box.
CREATE TEMP TABLE search ON COMMIT DROP AS
SELECT ST_Expand(t.box, 20.5 / (111000 * greatest(0.01, cos(radians(greatest(abs(ST_YMin(t.box)), abs(ST_YMax(t.box))))))), 20.5 / 110000) AS box
FROM (
    SELECT ST_Envelope(geom) AS box FROM touched WHERE (SELECT count(*) FROM touched) <= 50
    UNION ALL
    SELECT ST_SetSRID(ST_Extent(geom)::geometry, 4326) FROM touched HAVING count(*) > 50
) t;
