FROM visits v
JOIN points r ON r.street_code = v.street_code AND r.code = v.point_code
LEFT JOIN visit_positions o ON o.street_code = v.street_code AND o.visit_id = v.id
