-- Schools with their gates, their place in the grids, and the transaction that wrote the row.
SELECT {{SchoolPerimeters/school_columns.sql}}, s.xmin, s.community_code, s.grid_code
FROM unnest(@streets, @codes) AS k (street_code, code)
JOIN schools s ON s.street_code = k.street_code AND s.code = k.code
CROSS JOIN (SELECT false AS own) o
{{SchoolPerimeters/school_gates.sql}}
