-- @nearby, the tile with a margin in degrees, bounds what is read; the envelope of the tile itself is what is drawn into.
WITH drawn AS (
    SELECT ST_AsMVTGeom(ST_Transform(r.geom, 3857), ST_TileEnvelope(@z, @x, @y), @extent, @buffer, true) AS geom,
           r.code, r.name, r.kind,
           r.street_code AS street, r.grid_code AS grid, r.community_code AS community, r.placement
    FROM schools r
    WHERE r.geom && @nearby AND (@street::text IS NULL OR r.street_code = @street)
      AND in_scope(r.street_code, r.community_code, r.grid_code, @scope)
    ORDER BY r.street_code, r.code LIMIT @most
)
SELECT ST_AsMVT(drawn, 'schools', @extent, 'geom') FROM drawn WHERE geom IS NOT NULL;
