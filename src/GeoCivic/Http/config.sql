SELECT json_build_object(
    'streets', coalesce((
        SELECT json_agg(json_build_object(
            'code', s.street_code, 'name', s.name,
            'points', (SELECT count(*) FROM points p WHERE p.street_code = s.street_code),
            'openIssues', coalesce((SELECT sum(c.open) FROM grid_issue_counts c WHERE c.street_code = s.street_code), 0),
            'orphans', (SELECT count(*) FROM points p WHERE p.street_code = s.street_code AND p.placement = 'orphan'),
            'bbox', (SELECT CASE WHEN e.box IS NULL THEN NULL ELSE json_build_array(ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box)) END
                     FROM (SELECT coalesce(
                        (SELECT ST_Extent(v.geom) FROM area_versions v WHERE v.street_code = s.street_code AND v.valid_until = 'infinity'),
                        (SELECT ST_Extent(p.geom) FROM points p WHERE p.street_code = s.street_code)) AS box) e)
            ) ORDER BY s.street_code COLLATE "C") FROM streets s), '[]'::json),
    'pointTypes', (
        SELECT json_agg(json_build_object('code', t.code, 'name', t.name, 'nameEn', t.name_en, 'symbol', t.symbol,
            'points', (SELECT count(*) FROM points p WHERE p.type = t.code)) ORDER BY t.sort, t.code) FROM point_types t),
    'issueCategories', (
        SELECT json_agg(json_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en, 'group', c.group_name, 'groupEn', c.group_name_en,
            'issues', coalesce((SELECT sum(n.total) FROM category_issue_counts n WHERE n.category = c.code), 0)) ORDER BY c.sort, c.code) FROM issue_categories c),
    'venueCategories', (
        SELECT json_agg(json_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en) ORDER BY c.sort, c.code) FROM venue_categories c),
    'issueStates', (
        SELECT json_agg(json_build_object('code', s.code, 'name', s.name, 'nameEn', s.name_en, 'open', s.is_open) ORDER BY s.sort, s.code) FROM issue_states s)
)::text;
