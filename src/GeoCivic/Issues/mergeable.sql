SELECT EXISTS (
    SELECT FROM issues r
    WHERE r.street_code = @street AND r.id = @other AND r.id <> @issue AND r.state <> 'merged'
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope));
