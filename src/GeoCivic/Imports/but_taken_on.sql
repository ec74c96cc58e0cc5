
  -- a history that has begun here is not overwritten by a file
  AND NOT EXISTS (SELECT FROM issue_events e WHERE e.street_code = t.street_code AND e.issue_id = t.id)
