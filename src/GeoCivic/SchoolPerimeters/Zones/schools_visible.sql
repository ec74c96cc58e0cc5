-- Schools of the caller's area, and those of other streets so near to it that a zone of theirs may touch it: schools and
-- zones are public ground. @street: as if the caller held that street only. @reach: the widest zone, metres.
SELECT {{SchoolPerimeters/school_columns.sql}}, coalesce(x.metres, 0)
FROM schools s
CROSS JOIN LATERAL (
    SELECT in_scope(s.street_code, s.community_code, s.grid_code, @scope) AND (@street::text IS NULL OR s.street_code = @street) AS own
) o
LEFT JOIN LATERAL (
    SELECT min(ST_Distance(a.geom::geography, s.geom::geography)) AS metres
    FROM area_versions a
    WHERE NOT o.own AND a.valid_until = 'infinity' AND a.level IN ('community', 'grid')
      AND a.geom && ST_Expand(
          s.geom,
          @reach / (111000 * cos(radians(least(89, greatest(abs(ST_YMin(s.geom)), abs(ST_YMax(s.geom))) + @reach / 110000)))),
          @reach / 110000)
      AND (@street::text IS NULL OR a.street_code = @street)
      AND in_scope(
          a.street_code,
          CASE a.level WHEN 'community' THEN a.code ELSE a.parent_code END,
          CASE a.level WHEN 'grid' THEN a.code END,
          @scope)
) x ON true
{{SchoolPerimeters/school_gates.sql}}
WHERE (o.own OR x.metres <= @reach)
  AND (@schools::text[] IS NULL OR s.code = ANY (@schools))
  AND (@bbox::geometry IS NULL OR ST_DWithin(
      s.geom, @bbox, @reach / (111000 * cos(radians(least(89, greatest(abs(ST_YMin(@bbox)), abs(ST_YMax(@bbox)))))))))
  AND (@after_street::text IS NULL OR (s.street_code COLLATE "C", s.code COLLATE "C") > (@after_street, @after_code))
ORDER BY s.street_code COLLATE "C", s.code COLLATE "C"
LIMIT @limit;
