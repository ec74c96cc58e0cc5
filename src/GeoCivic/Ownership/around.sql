-- What is known of a place: points and open issues within some metres, and the totals of its grid.
SELECT json_build_object(
    'points', coalesce((
        SELECT json_agg(json_build_object('code', x.code, 'name', x.name, 'type', x.type, 'distance_m', round(x.metres::numeric, 1)) ORDER BY x.metres, x.code)
        FROM (
            SELECT p.code, p.name, p.type, ST_Distance(p.geom::geography, @place::geography) AS metres
            FROM points p
            WHERE p.street_code = @street AND p.geom && @box AND ST_DWithin(p.geom::geography, @place::geography, @radius)
              AND in_scope(p.street_code, p.community_code, p.grid_code, @scope)
            ORDER BY metres LIMIT 50
        ) x), '[]'::json),
    'open_issues', coalesce((
        SELECT json_agg(json_build_object('id', x.id, 'code', x.code, 'category', x.category, 'found_at', beijing_text(x.found_at), 'distance_m', round(x.metres::numeric, 1)) ORDER BY x.metres, x.code)
        FROM (
            SELECT i.id, i.code, i.category, i.found_at, ST_Distance(i.geom::geography, @place::geography) AS metres
            FROM issues i
            WHERE i.street_code = @street AND i.is_open AND i.geom && @box AND ST_DWithin(i.geom::geography, @place::geography, @radius)
              AND (@category::text IS NULL OR i.category = @category)
              AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
            ORDER BY metres LIMIT 50
        ) x), '[]'::json),
    'points_in_grid', (SELECT count(*) FROM points p WHERE p.street_code = @street AND p.grid_code = @grid),
    'open_issues_in_grid', CASE WHEN @category::text IS NULL
        THEN coalesce((SELECT sum(c.open) FROM grid_issue_counts c WHERE c.street_code = @street AND c.grid_code = @grid
                         AND (NOT c.embargoed OR @covert)), 0)
        ELSE coalesce((SELECT sum(c.open) FROM category_issue_counts c
                       WHERE c.street_code = @street AND c.category = @category AND c.grid_code = @grid AND (NOT c.embargoed OR @covert)), 0) END
)::text;
