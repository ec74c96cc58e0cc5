SELECT {{SchoolPerimeters/venue_columns.sql}}
FROM venues v
WHERE v.street_code = @street AND in_scope(v.street_code, v.community_code, v.grid_code, @scope);
