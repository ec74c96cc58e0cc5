SELECT json_build_object(
    'campaigns', coalesce((
        SELECT json_agg(json_build_object(
            'code', c.code, 'name', c.name, 'name_en', c.name_en, 'category', c.category, 'lead', c.lead, 'cooperating', c.cooperating,
            'measures', coalesce((
                SELECT json_agg(json_build_object('number', m.number, 'measure', m.measure, 'measure_en', m.measure_en,
                    'bodies', CASE WHEN cardinality(m.bodies) > 0 THEN m.bodies ELSE c.lead END) ORDER BY m.number)
                FROM campaign_measures m WHERE m.campaign = c.code), '[]'::json),
            'places', coalesce((
                SELECT json_agg(json_build_object('place', p.place, 'place_en', p.place_en, 'behaviour', p.behaviour, 'behaviour_en', p.behaviour_en)
                    ORDER BY p.place_no)
                FROM campaign_places p WHERE p.campaign = c.code), '[]'::json)) ORDER BY c.sort)
        FROM campaigns c), '[]'::json),
    -- places that the plan names outside the campaigns
    'places', coalesce((
        SELECT json_agg(json_build_object('category', p.category, 'place', p.place, 'place_en', p.place_en,
            'behaviour', p.behaviour, 'behaviour_en', p.behaviour_en) ORDER BY p.place_no)
        FROM campaign_places p WHERE p.campaign IS NULL), '[]'::json))::text;
