-- the letter with whether its task still misses the deadline that the letter speaks of
SELECT l.street_code, l.kind, l.state, (SELECT st.name FROM streets st WHERE st.street_code = l.street_code),
       r.community_code, r.grid_code,
       EXISTS (SELECT FROM issue_tasks t
               WHERE t.street_code = l.street_code AND t.issue_id = l.issue_id AND t.task_no = l.task_no
                 AND r.is_open AND t.state IN ('open', 'replied') AND t.due_at = l.due_at AND t.due_at <= @now)
{{Letters/visible_letters.sql}}
  AND l.letter_id = @id
FOR UPDATE OF l;
