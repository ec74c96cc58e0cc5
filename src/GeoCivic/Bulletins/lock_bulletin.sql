SELECT street_code, status FROM bulletins WHERE bulletin_id = @id AND in_scope(street_code, NULL, NULL, @scope) FOR UPDATE;
