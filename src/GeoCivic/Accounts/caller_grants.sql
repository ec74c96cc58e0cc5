g.role, g.street_code, g.level, g.area_code, g.body_code
