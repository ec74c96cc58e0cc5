SELECT json_build_object('bodies', coalesce((
    SELECT json_agg(json_build_object('street', b.street_code, 'code', b.code, 'name', b.name, 'kind', b.kind,
        'leads', (SELECT count(*) FROM latest_duties d WHERE d.street_code = b.street_code AND d.body_code = b.code AND d.role = 'lead'
                  AND d.valid_from <= @today AND @today <= d.valid_to))
        ORDER BY b.street_code COLLATE "C", k.sort, b.code COLLATE "C")
    FROM bodies b JOIN body_kinds k ON k.code = b.kind
    WHERE (@street::text IS NULL OR b.street_code = @street) AND in_street_scope(b.street_code, @scope)), '[]'::json))::text;
