SELECT code, parent_code FROM grids_met(@street, @geom) ORDER BY code
