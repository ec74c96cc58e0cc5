-- Without a day: every version that is believed now, so that the history can be read.
SELECT json_build_object('duties', coalesce((
    SELECT json_agg(json_build_object(
        'street', d.street_code, 'code', d.code, 'name', d.name, 'category', d.category,
        'level', coalesce(d.level, 'street'), 'area', d.area_code, 'body', d.body_code, 'body_name', b.name, 'role', d.role,
        'leader_role', d.leader_role, 'from', nullif(d.valid_from, '-infinity'),
        'to', CASE WHEN d.valid_until < 'infinity' THEN d.valid_until - 1 END, 'recorded_at', beijing_text(d.recorded_at))
        ORDER BY d.street_code COLLATE "C", d.code COLLATE "C", d.valid_from)
    FROM duties d JOIN bodies b ON b.street_code = d.street_code AND b.code = d.body_code
    WHERE d.superseded_at = 'infinity'
      AND (@street::text IS NULL OR d.street_code = @street) AND in_street_scope(d.street_code, @scope)
      AND (@code::text IS NULL OR d.code = @code)
      AND (@body::text IS NULL OR d.body_code = @body)
      AND (@category::text IS NULL OR d.category = @category)
      AND (@area::text IS NULL OR coalesce(d.area_code, d.street_code) = @area)
      AND (@at::date IS NULL OR (d.valid_from <= @at AND @at < d.valid_until))), '[]'::json))::text;
