-- @nearby, the tile with a margin in degrees, bounds what is read; the envelope of the tile itself is what is drawn into.
WITH drawn AS (
    SELECT ST_AsMVTGeom(ST_Transform(v.geom, 3857), ST_TileEnvelope(@z, @x, @y), @extent, @buffer, true) AS geom,
           v.code, v.name, v.parent_code AS parent, v.street_code AS street, round(v.area_m2::numeric, 1)::double precision AS area_m2
    FROM area_versions v
    WHERE v.level = 'grid' AND v.valid_until = 'infinity' AND v.geom && @nearby
      AND (@street::text IS NULL OR v.street_code = @street)
      AND area_visible(v.street_code, v.level, v.code, v.parent_code, @scope)
    ORDER BY v.street_code, v.code LIMIT @most
)
SELECT ST_AsMVT(drawn, 'grids', @extent, 'geom') FROM drawn WHERE geom IS NOT NULL;
