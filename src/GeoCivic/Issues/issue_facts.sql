-- What the life of an issue depends on. Rectifiers: of the round that runs, since it was last taken on.
SELECT r.street_code, r.community_code, r.grid_code, r.category, r.state, r.found_at, r.reported_by, r.lead_task_no, r.revision,
       coalesce((SELECT max(e.seq) FROM issue_events e WHERE e.street_code = r.street_code AND e.issue_id = r.id), 0),
       r.lead_body,
       ARRAY(
           SELECT DISTINCT e.account_id
           FROM issue_events e
           WHERE e.street_code = r.street_code AND e.issue_id = r.id AND e.to_state = 'rectified'
             AND e.seq > coalesce((
                 SELECT max(f.seq) FROM issue_events f
                 WHERE f.street_code = r.street_code AND f.issue_id = r.id AND f.to_state IN ('filed', 'reopened')), 0)),
       r.verified_by
FROM issues r
WHERE r.id = @id AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope);
