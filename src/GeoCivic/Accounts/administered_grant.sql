(g.street_code IS NOT NULL AND in_scope(g.street_code,
    CASE g.level WHEN 'community' THEN g.area_code WHEN 'grid' THEN (
        SELECT v.parent_code FROM area_versions v
        WHERE v.street_code = g.street_code AND v.level = 'grid' AND v.code = g.area_code
        ORDER BY v.valid_until DESC LIMIT 1) END,
    CASE g.level WHEN 'grid' THEN g.area_code END, @keys)
 OR '*' = ANY (@keys))
