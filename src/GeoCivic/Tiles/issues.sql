-- @nearby, the tile with a margin in degrees, bounds what is read; the envelope of the tile itself is what is drawn into.
WITH drawn AS (
    SELECT ST_AsMVTGeom(ST_Transform(r.geom, 3857), ST_TileEnvelope(@z, @x, @y), @extent, @buffer, true) AS geom,
           r.id::text AS id, r.code, r.category, r.state, r.is_open AS open, beijing_text(r.found_at) AS found_at,
           r.street_code AS street, r.grid_code AS grid, r.community_code AS community, r.placement
    FROM issues r
    WHERE r.geom && @nearby AND (@street::text IS NULL OR r.street_code = @street)
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
    ORDER BY r.street_code, r.id LIMIT @most
)
SELECT ST_AsMVT(drawn, 'issues', @extent, 'geom') FROM drawn WHERE geom IS NOT NULL;
