INSERT INTO veto_indicators (street_code, indicator_id, code, name, basis, origin, made_by, made_at)
VALUES (@street, @id, @code, @name, @basis, 'hand', @account, @now)
ON CONFLICT (street_code, code) DO NOTHING;
