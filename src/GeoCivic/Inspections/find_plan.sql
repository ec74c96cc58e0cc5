SELECT street_code FROM plans WHERE plan_id = @id AND in_street_scope(street_code, @scope);
