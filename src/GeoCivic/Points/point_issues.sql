SELECT coalesce(json_agg(json_build_object(
    'id', x.id, 'code', x.code, 'category', x.category, 'state', x.state, 'open', x.is_open, 'found_at', beijing_text(x.found_at),
    'closed_at', beijing_text(x.closed_at), 'description', x.description) ORDER BY x.found_at DESC, x.id), '[]'::json)::text
FROM (
    SELECT * FROM issues i
    WHERE i.street_code = @street AND i.point_code = @code
      AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
    ORDER BY i.found_at DESC, i.id LIMIT 20
) x;
