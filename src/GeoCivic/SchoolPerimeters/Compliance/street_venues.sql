SELECT v.street_code, v.code, v.name, v.category, v.licensed_from, v.licensed_until, v.accuracy, v.datum, v.revision, v.geom
FROM venues v
WHERE v.street_code = @street AND in_scope(v.street_code, v.community_code, v.grid_code, @scope);
