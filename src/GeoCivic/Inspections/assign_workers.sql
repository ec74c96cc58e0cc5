DELETE FROM point_workers WHERE street_code = @street AND point_code = @point;
INSERT INTO point_workers (street_code, point_code, account_id)
SELECT DISTINCT r.street_code, r.code, a.account_id
FROM points r
JOIN accounts a ON a.normalized_user_name = ANY (@workers) AND a.disabled_at IS NULL
JOIN grants g ON g.account_id = a.account_id AND g.role = 'worker' AND g.valid_from <= @day AND @day < g.valid_until
    AND (g.street_code = r.street_code OR g.street_code IS NULL)
    AND (g.level IS NULL OR (g.level = 'community' AND g.area_code = r.community_code) OR (g.level = 'grid' AND g.area_code = r.grid_code))
WHERE r.street_code = @street AND r.code = @point;
-- whoever is not entered now
SELECT w FROM unnest(@workers) w
WHERE NOT EXISTS (
    SELECT FROM point_workers p JOIN accounts a ON a.account_id = p.account_id
    WHERE p.street_code = @street AND p.point_code = @point AND a.normalized_user_name = w)
LIMIT 1;
