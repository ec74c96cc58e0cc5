SELECT json_build_object(
    'streets', coalesce((
        SELECT json_agg(json_build_object(
            'code', s.street_code, 'name', s.name,
            'points', (SELECT count(*) FROM points p WHERE p.street_code = s.street_code
                       AND in_scope(p.street_code, p.community_code, p.grid_code, @scope)),
            'openIssues', coalesce((SELECT sum(c.open) FROM grid_issue_counts c
                {{Accounts/count_grid.sql}}
                WHERE c.street_code = s.street_code
                  AND issue_visible(c.street_code, g.parent_code, nullif(c.grid_code, ''), c.embargoed, @scope, @covert_scope)), 0),
            'orphans', (SELECT count(*) FROM points p WHERE p.street_code = s.street_code AND p.placement = 'orphan'
                        AND in_scope(p.street_code, NULL, NULL, @scope)),
            'bbox', (SELECT CASE WHEN e.box IS NULL THEN NULL ELSE json_build_array(ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box)) END
                     FROM (SELECT coalesce(
                        (SELECT ST_Extent(v.geom) FROM area_versions v WHERE v.street_code = s.street_code AND v.valid_until = 'infinity'),
                        (SELECT ST_Extent(p.geom) FROM points p WHERE p.street_code = s.street_code)) AS box) e)
            ) ORDER BY s.street_code COLLATE "C") FROM streets s WHERE in_street_scope(s.street_code, @scope)), '[]'::json),
    'pointTypes', (
        SELECT json_agg(json_build_object('code', t.code, 'name', t.name, 'nameEn', t.name_en, 'symbol', t.symbol,
            'points', (SELECT count(*) FROM points p WHERE p.type = t.code AND in_scope(p.street_code, p.community_code, p.grid_code, @scope))) ORDER BY t.sort, t.code) FROM point_types t),
    'issueCategories', (
        SELECT json_agg(json_build_object('code', k.code, 'name', k.name, 'nameEn', k.name_en, 'group', k.group_name, 'groupEn', k.group_name_en,
            'issues', coalesce((SELECT sum(c.total) FROM category_issue_counts c
                {{Accounts/count_grid.sql}}
                WHERE c.category = k.code
                  AND issue_visible(c.street_code, g.parent_code, nullif(c.grid_code, ''), c.embargoed, @scope, @covert_scope)), 0)) ORDER BY k.sort, k.code) FROM issue_categories k),
    'subPlaces', (
        SELECT json_agg(json_build_object('code', p.code, 'name', p.name, 'nameEn', p.name_en) ORDER BY p.sort, p.code) FROM sub_places p),
    'venueCategories', (
        SELECT json_agg(json_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en) ORDER BY c.sort, c.code) FROM venue_categories c),
    'issueStates', (
        SELECT json_agg(json_build_object('code', s.code, 'name', s.name, 'nameEn', s.name_en, 'open', s.is_open) ORDER BY s.sort, s.code) FROM issue_states s)
)::text;
