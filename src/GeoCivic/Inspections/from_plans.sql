-- Plans of a street that the caller may see: of the whole street, or with a point in the caller's scope.
FROM plans p
JOIN plan_versions v ON v.street_code = p.street_code AND v.plan_id = p.plan_id AND v.valid_until = 'infinity'
CROSS JOIN LATERAL (
    SELECT count(*) AS points
    FROM points r
    WHERE r.street_code = v.street_code AND plan_asks(v, r.code, r.type, r.community_code, r.grid_code)
      AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)
) n
WHERE p.street_code = @street
  AND (in_scope(p.street_code, NULL, NULL, @scope) OR n.points > 0)
