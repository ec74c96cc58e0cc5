DELETE FROM {{shares}} g USING to_place_{{table}} t WHERE g.street_code = @street AND g.code = t.key;
INSERT INTO {{shares}} (street_code, code, grid_code, measure, share)
SELECT @street, t.key, x.grid_code, x.measure, x.share
FROM to_place_{{table}} t
CROSS JOIN LATERAL grid_shares(@street, t.geom, @today) x
WHERE ST_Dimension(t.geom) > 0;
