DELETE FROM {{shares}} g USING stage s WHERE g.street_code = @street AND g.code = s.code;
INSERT INTO {{shares}} (street_code, code, grid_code, measure, share)
SELECT @street, s.code, x.grid_code, x.measure, x.share
FROM stage s
CROSS JOIN LATERAL grid_shares(@street, s.geom, @today) x
WHERE ST_Dimension(s.geom) > 0;
