-- For each issue that was dealt with, the next of its category nearby within so many days, earliest first: that one is how it
-- came back; the others, ten at most, belong to the same place. The box, a little wider than the
-- metres, lets the index on places find the neighbours; the ellipsoid decides.
WITH earlier AS MATERIALIZED (
    SELECT r.street_code, r.id, r.code, r.category, r.found_at, r.closed_at, r.geom, r.community_code, r.grid_code
    FROM issues r
    WHERE (@street::text IS NULL OR r.street_code = @street) AND r.state IN ('cancelled', 'closed', 'fixed_on_spot')
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
      AND r.closed_at IS NOT NULL
      AND (@from::timestamptz IS NULL OR r.closed_at >= @from)
      AND (@to::timestamptz IS NULL OR r.closed_at < @to)
      AND (@category::text IS NULL OR r.category = @category)
    LIMIT @most
)
SELECT e.id, e.code, e.category, e.closed_at, e.community_code, e.grid_code, ST_X(e.geom), ST_Y(e.geom),
       l.id, l.code, l.found_at, l.metres, ST_X(l.geom), ST_Y(l.geom), e.found_at
FROM earlier e
LEFT JOIN LATERAL (
    SELECT r.id, r.code, r.found_at, r.geom, ST_Distance(r.geom::geography, e.geom::geography) AS metres
    FROM issues r
    WHERE r.street_code = e.street_code AND r.category = e.category
      -- what was refused or the same as another did not come back
      AND r.state NOT IN ('rejected', 'merged')
      AND r.found_at > e.closed_at AND r.found_at <= e.closed_at + make_interval(days => @days)
      AND r.geom && ST_Expand(e.geom, @metres * 1.01 / (111000 * greatest(0.01, cos(radians(abs(ST_Y(e.geom)))))), @metres * 1.01 / 110000)
      AND ST_DWithin(r.geom::geography, e.geom::geography, @metres)
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
    ORDER BY r.found_at, r.id
    LIMIT 10
) l ON true
ORDER BY e.closed_at, e.id, l.found_at, l.id
