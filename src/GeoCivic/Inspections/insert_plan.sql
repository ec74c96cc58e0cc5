INSERT INTO plans (street_code, plan_id, created_by, created_at) VALUES (@street, @id, @account, @now);
