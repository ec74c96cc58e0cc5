-- What nobody owns and what two bodies lead with equal right, grid by grid and category by category.
WITH wanted AS MATERIALIZED (
    -- the category asked for, or those that matter in this street
    SELECT k.code, k.sort FROM issue_categories k
    WHERE k.code = @category
       OR (@category::text IS NULL AND (
            k.origin = 'reference'
            OR EXISTS (SELECT FROM duties d WHERE d.street_code = @street AND d.category = k.code)
            OR EXISTS (SELECT FROM category_issue_counts c WHERE c.street_code = @street AND c.category = k.code AND c.total > 0 AND NOT c.embargoed)))
), found AS MATERIALIZED (
    SELECT g.code, g.name, g.parent_code, g.geom, w.code AS category, w.sort, d.duty_code, d.level, d.valid_from, d.category AS duty_category
    FROM area_versions g
    CROSS JOIN wanted w
    LEFT JOIN LATERAL duties_at(g.street_code, g.parent_code, g.code, w.code, @day) d ON d.role = 'lead' AND d.rank = 1
    WHERE g.street_code = @street AND g.level = 'grid' AND g.valid_from <= @day AND @day < g.valid_until
      AND in_scope(g.street_code, g.parent_code, g.code, @scope)
      AND (d.duty_code IS NULL OR d.tie)
)
SELECT json_build_object(
    'type', 'Feature',
    -- the same finding has the same id whenever it is looked for
    'id', concat_ws(':', CASE WHEN f.duty_code IS NULL THEN 'unowned' ELSE 'two_leads' END, f.code, f.category),
    'geometry', ST_AsGeoJSON(f.geom, 7)::json,
    'properties', json_build_object(
        'rule', CASE WHEN f.duty_code IS NULL THEN 'unowned' ELSE 'two_leads' END,
        'code', f.code, 'name', f.name, 'community', f.parent_code, 'street', @street, 'category', f.category,
        'bodies', coalesce((
            SELECT json_agg(json_build_object('code', x.code, 'name', x.name) ORDER BY x.code COLLATE "C")
            FROM (SELECT DISTINCT b.code, b.name
                  FROM duties_at(@street, f.parent_code, f.code, f.category, @day) d
                  JOIN bodies b ON b.street_code = @street AND b.code = d.body_code
                  WHERE f.duty_code IS NOT NULL AND d.role = 'lead' AND d.level = f.level AND d.valid_from = f.valid_from
                    AND d.category IS NOT DISTINCT FROM f.duty_category) x), '[]'::json)))::text
FROM found f
ORDER BY f.sort, f.category, f.code COLLATE "C";
