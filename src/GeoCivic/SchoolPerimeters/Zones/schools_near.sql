-- Schools whose campus meets a box, of every street, by the index on the campus.
SELECT {{SchoolPerimeters/school_columns.sql}}
FROM schools s
CROSS JOIN LATERAL (SELECT in_scope(s.street_code, s.community_code, s.grid_code, @scope) AS own) o
{{SchoolPerimeters/school_gates.sql}}
WHERE s.geom && @box
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C";
