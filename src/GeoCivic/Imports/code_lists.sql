SELECT list, code, words
FROM (
    SELECT 1 AS pass, 'point_types' AS list, code, ARRAY[code] AS words, sort FROM point_types
    UNION ALL SELECT 1, 'issue_categories', code, ARRAY[code], sort FROM issue_categories
    UNION ALL SELECT 1, 'venue_categories', code, ARRAY[code], sort FROM venue_categories
    UNION ALL SELECT 1, 'body_kinds', code, ARRAY[code], sort FROM body_kinds
    UNION ALL SELECT 1, 'people_roles', code, ARRAY[code], sort FROM people_roles
    UNION ALL SELECT 1, 'sub_places', code, ARRAY[code], sort FROM sub_places
    UNION ALL SELECT 2, 'body_kinds', code, ARRAY[name, name_en], sort FROM body_kinds
    UNION ALL SELECT 2, 'people_roles', code, ARRAY[name, name_en], sort FROM people_roles
    UNION ALL SELECT 2, 'sub_places', code, ARRAY[name, name_en], sort FROM sub_places
    UNION ALL SELECT 2, 'point_types', code, ARRAY[name, name_en], sort FROM point_types
    UNION ALL SELECT 2, 'issue_categories', code, ARRAY[name, name_en], sort FROM issue_categories
    UNION ALL SELECT 2, 'venue_categories', code, ARRAY[name, name_en], sort FROM venue_categories
) e
ORDER BY pass, list, sort, code;
SELECT code, is_open, words
FROM (
    SELECT 1 AS pass, code, is_open, ARRAY[code] AS words, sort FROM issue_states
    UNION ALL SELECT 2, code, is_open, ARRAY[name, name_en] || aliases, sort FROM issue_states
) e
ORDER BY pass, sort, code;
