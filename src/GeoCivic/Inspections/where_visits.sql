WHERE point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, CASE WHEN v.covert THEN @covert_scope ELSE @scope END)
