-- cooperating bodies of the dispatch that runs who have not answered
SELECT coalesce(array_agg(task_no ORDER BY task_no), '{}')
FROM issue_tasks
WHERE street_code = @street AND issue_id = @issue AND task_no > @lead_task AND role = 'cooperating'
  AND state IN ('open', 'suspended');
