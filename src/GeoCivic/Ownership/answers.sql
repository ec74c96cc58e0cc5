-- Who answers for a place on a day: people on it, the deciding duty of the category, and without one the leads of all.
WITH wanted AS (
    SELECT @category::text AS category WHERE @category::text IS NOT NULL
    UNION ALL
    -- duties for every category come first; then the categories by their order
    SELECT * FROM (
        SELECT NULL::text AS category
        UNION ALL
        (SELECT k.code FROM issue_categories k
         WHERE k.origin = 'reference' OR EXISTS (SELECT FROM duties d WHERE d.street_code = @street AND d.category = k.code)
         ORDER BY k.sort, k.code)
    ) every WHERE @category::text IS NULL
), reached AS MATERIALIZED (
    SELECT w.category AS asked, d.*, b.name AS body_name,
           json_build_object('code', b.code, 'name', b.name, 'kind', b.kind) AS body
    FROM wanted w
    CROSS JOIN LATERAL duties_at(@street, @community, @grid, w.category, @day) d
    JOIN bodies b ON b.street_code = @street AND b.code = d.body_code
), answered AS MATERIALIZED (
    -- one row a category: its lead with those who cooperate
    SELECT w.category AS asked, d.duty_code, d.name, d.category, d.level, d.area_code, d.body_code, d.body, d.body_name, d.leader_role,
           d.valid_from, d.valid_until, d.tie,
           coalesce((SELECT json_agg(x.body ORDER BY x.rank)
                     FROM (SELECT DISTINCT ON (r.body_code) r.body::jsonb AS body, r.rank FROM reached r
                           WHERE r.asked IS NOT DISTINCT FROM w.category AND r.role = 'cooperating' AND r.body_code IS DISTINCT FROM d.body_code
                           ORDER BY r.body_code, r.rank) x), '[]'::json) AS cooperating,
           (SELECT json_agg(DISTINCT r.body_name) FROM reached r
            WHERE r.asked IS NOT DISTINCT FROM w.category AND r.role = 'lead' AND d.tie AND r.level = d.level AND r.valid_from = d.valid_from
              AND r.category IS NOT DISTINCT FROM d.category) AS rivals
    FROM wanted w
    LEFT JOIN reached d ON d.asked IS NOT DISTINCT FROM w.category AND d.role = 'lead' AND d.rank = 1
), duty_area AS (
    -- the name that the duty's area had on the day, or else last
    SELECT DISTINCT ON (v.level, v.code) v.level, v.code, v.name
    FROM area_versions v JOIN answered a ON a.level = v.level AND a.area_code = v.code
    WHERE v.street_code = @street
    ORDER BY v.level, v.code, (v.valid_from <= @day AND @day < v.valid_until) DESC, v.valid_from DESC
)
SELECT json_build_object(
    'people', coalesce((
        SELECT json_agg(json_build_object(
            'code', p.code, 'role', p.role, 'roleName', r.name, 'roleNameEn', r.name_en, 'name', p.name,
            'level', coalesce(p.level, 'street'), 'area', coalesce(p.area_code, p.street_code), 'building', p.building, 'unit', p.unit)
            ORDER BY r.sort, r.code, p.building NULLS FIRST, p.unit NULLS FIRST, p.code COLLATE "C")
        FROM people_at(@street, @community, @grid, @day) p
        JOIN people_roles r ON r.code = p.role), '[]'::json),
    'responsible', (
        SELECT json_build_object(
            'lead', a.body, 'cooperating', a.cooperating, 'leader_role', a.leader_role, 'tie', a.tie,
            'rivals', coalesce(a.rivals, '[]'::json),
            'duty', json_build_object(
                'code', a.duty_code, 'name', a.name, 'category', a.category, 'level', a.level, 'area', a.area_code,
                'areaName', coalesce((SELECT n.name FROM duty_area n WHERE n.level = a.level AND n.code = a.area_code),
                                     (SELECT s.name FROM streets s WHERE s.street_code = a.area_code)),
                'from', nullif(a.valid_from, '-infinity'),
                'to', CASE WHEN a.valid_until < 'infinity' THEN a.valid_until - 1 END))
        FROM answered a WHERE a.asked IS NOT DISTINCT FROM @category AND a.body IS NOT NULL),
    'categoryName', (SELECT k.name FROM issue_categories k WHERE k.code = @category),
    'categoryNameEn', (SELECT k.name_en FROM issue_categories k WHERE k.code = @category),
    'duties', CASE WHEN @category::text IS NULL THEN coalesce((
        SELECT json_agg(json_build_object('category', a.asked, 'lead', a.body, 'cooperating', a.cooperating,
            'leader_role', a.leader_role, 'tie', coalesce(a.tie, false), 'duty', a.duty_code) ORDER BY k.sort, k.code)
        FROM answered a JOIN issue_categories k ON k.code = a.asked), '[]'::json) END
)::text;
