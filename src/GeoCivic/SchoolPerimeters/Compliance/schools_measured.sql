-- Schools with their gates, in the order of the answer. Which of them are shown follows from their venues.
SELECT {{SchoolPerimeters/school_columns.sql}}
FROM schools s
CROSS JOIN LATERAL (
    SELECT in_scope(s.street_code, s.community_code, s.grid_code, @scope) AND (@street::text IS NULL OR s.street_code = @street) AS own
) o
{{SchoolPerimeters/school_gates.sql}}
WHERE (@schools::text[] IS NULL OR s.code = ANY (@schools))
  AND (@school_street::text IS NULL OR s.street_code = @school_street)
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C";
