SELECT ST_AsBinary(ST_Transform(ST_SetSRID(ST_GeomFromWKB(w.wkb), @epsg), 4326))
FROM unnest(@wkb) WITH ORDINALITY AS w (wkb, n)
ORDER BY w.n;
