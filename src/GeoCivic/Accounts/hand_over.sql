WITH given AS (
    UPDATE grants g SET valid_until = greatest(@today, valid_from)
    WHERE g.account_id = @from AND g.role = 'worker' AND g.street_code = @street
      AND g.level IS NOT DISTINCT FROM @level AND g.area_code IS NOT DISTINCT FROM @area
      AND g.valid_from <= @today AND @today < g.valid_until
    RETURNING g.grant_id
), taken AS (
    INSERT INTO grants (grant_id, account_id, role, street_code, level, area_code, valid_from)
    SELECT @id, @to, 'worker', @street, @level, @area, @today
    WHERE EXISTS (SELECT FROM given) AND NOT EXISTS (
        SELECT FROM grants g
        WHERE g.account_id = @to AND g.role = 'worker' AND g.street_code = @street
          AND g.level IS NOT DISTINCT FROM @level AND g.area_code IS NOT DISTINCT FROM @area
          AND g.valid_from <= @today AND @today < g.valid_until)
)
SELECT EXISTS (SELECT FROM given);
