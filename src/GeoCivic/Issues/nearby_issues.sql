-- open issues of the category around a place, nearest first; a box of a little more than the radius lets the index choose
WITH asked AS (
    SELECT coalesce(@radius, (SELECT c.duplicate_radius_m FROM issue_categories c WHERE c.code = @category), 50) AS metres
), near AS (
    SELECT i.street_code, i.id, ST_Distance(i.geom::geography, @place::geography) AS distance_m
    FROM asked a, issues i
    WHERE i.is_open AND i.category = @category
      AND i.geom && ST_Expand(@place, a.metres * 1.01 / (111000 * greatest(0.01, cos(radians(abs(ST_Y(@place)))))), a.metres * 1.01 / 110000)
      AND ST_DWithin(i.geom::geography, @place::geography, a.metres)
      AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
)
SELECT jsonb_set({{Issues/feature_issue.sql}}::jsonb, '{properties,distance_m}', to_jsonb(round(n.distance_m::numeric, 1)))::text
FROM near n
JOIN issues r ON r.street_code = n.street_code AND r.id = n.id
{{Geography/place_on_day.sql}}
ORDER BY n.distance_m, r.id
LIMIT 20;
