INSERT INTO grants (grant_id, account_id, role, street_code, level, area_code, body_code, valid_from)
SELECT @id, @account, @role, @street, @level, @area, @body, @today
WHERE NOT EXISTS (
    SELECT FROM grants g
    WHERE g.account_id = @account AND g.role = @role AND g.street_code IS NOT DISTINCT FROM @street
      AND g.level IS NOT DISTINCT FROM @level AND g.area_code IS NOT DISTINCT FROM @area
      AND g.body_code IS NOT DISTINCT FROM @body AND g.valid_from <= @today AND @today < g.valid_until);
