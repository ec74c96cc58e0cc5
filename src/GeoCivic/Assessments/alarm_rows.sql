SELECT count(*) FILTER (WHERE a.cleared_at IS NULL) AS open, count(*) AS times,
       coalesce(json_agg(json_build_object(
           'id', a.alarm_id, 'reason', a.reason, 'issue', a.shown_issue, 'issue_code', a.issue_code, 'assessment', a.assessment_id,
           'raised_by', (SELECT n.display_name FROM accounts n WHERE n.account_id = a.raised_by), 'raised_at', beijing_text(a.raised_at),
           'mine', a.raised_by = @me,
           'cleared_by', (SELECT n.display_name FROM accounts n WHERE n.account_id = a.cleared_by), 'cleared_at', beijing_text(a.cleared_at),
           'evidence', a.evidence) ORDER BY a.raised_at DESC, a.alarm_id)
