CREATE TEMP TABLE ready ON COMMIT DROP AS
SELECT ST_SetSRID(ST_MakeLine(ST_MakePoint(106.55, 29.56), ST_MakePoint(106.56, 29.56)), 4326) AS geom, count(*) AS streets FROM streets;
SELECT ST_Length(geom::geography) FROM ready;
