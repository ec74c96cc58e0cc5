json_build_object(
    'id', p.plan_id, 'street', p.street_code, 'name', v.name, 'cadence', v.cadence, 'type', v.kind,
    'point_types', v.point_types, 'communities', v.communities, 'grids', v.grids,
    -- points of others are not named
    'points', ARRAY(
        SELECT c FROM unnest(v.points) WITH ORDINALITY AS q (c, i)
        WHERE EXISTS (SELECT FROM points r WHERE r.street_code = v.street_code AND r.code = q.c
                      AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope))
        ORDER BY q.i),
    'shifts', v.shifts, 'share', v.share, 'starts', v.starts, 'ends', CASE WHEN isfinite(v.ends) THEN v.ends END,
    'working_days', v.working_days, 'note', v.note, 'point_count', n.points,
    'in_force_from', v.valid_from, 'revision', p.revision,
    'created_by', (SELECT a.display_name FROM accounts a WHERE a.account_id = p.created_by),
    'created_at', beijing_text(p.created_at))
