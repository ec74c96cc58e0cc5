SELECT revision, community_code, grid_code, licensed_from, licensed_until
FROM venues
WHERE street_code = @street AND code = @code AND in_scope(street_code, community_code, grid_code, @scope)
FOR UPDATE;
