-- People of an area: a community has those of its grids too. Without a day: every version that is believed now.
SELECT json_build_object('people', coalesce((
    SELECT json_agg(json_build_object(
        'street', p.street_code, 'code', p.code, 'name', p.name, 'role', p.role,
        'level', coalesce(p.level, 'street'), 'area', p.area_code, 'building', p.building, 'unit', p.unit,
        'from', nullif(p.valid_from, '-infinity'), 'to', CASE WHEN p.valid_until < 'infinity' THEN p.valid_until - 1 END,
        'recorded_at', beijing_text(p.recorded_at))
        ORDER BY p.street_code COLLATE "C", r.sort, p.area_code COLLATE "C" NULLS FIRST, p.code COLLATE "C", p.valid_from)
    FROM people p JOIN people_roles r ON r.code = p.role
    WHERE p.superseded_at = 'infinity'
      AND (@street::text IS NULL OR p.street_code = @street) AND in_street_scope(p.street_code, @scope)
      AND (@code::text IS NULL OR p.code = @code)
      AND (@area::text IS NULL OR coalesce(p.area_code, p.street_code) = @area OR EXISTS (
          SELECT FROM area_versions g
          WHERE g.street_code = p.street_code AND g.level = 'grid' AND p.level = 'grid' AND g.code = p.area_code
            AND g.parent_code = @area AND g.valid_from <= coalesce(@at, @today) AND coalesce(@at, @today) < g.valid_until))
      AND (@at::date IS NULL OR (p.valid_from <= @at AND @at < p.valid_until))), '[]'::json))::text;
