-- the community of a counted grid
LEFT JOIN area_versions g ON g.street_code = c.street_code AND g.level = 'grid' AND g.code = c.grid_code AND g.valid_until = 'infinity'
