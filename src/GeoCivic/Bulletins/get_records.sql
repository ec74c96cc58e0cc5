SELECT kind, issue_id, point_code, code, title, category_name, community_name, body_name, state, state_name, started_at, due_at,
       ended_at, days, shift, expected, made
FROM bulletin_records
WHERE street_code = @street AND bulletin_id = @id
ORDER BY record_no;
