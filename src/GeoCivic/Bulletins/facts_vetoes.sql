-- Alarms of the veto board that were red at the end of the period or the one before. One that speaks of an issue the inspected
-- may not know of yet is left out with it.
SELECT v.code, v.name, a.reason, a.issue_id, a.raised_at, CASE WHEN a.cleared_at <= @now THEN a.cleared_at END,
       a.raised_at < @to AND (a.cleared_at IS NULL OR a.cleared_at >= @to),
       a.raised_at < @from AND (a.cleared_at IS NULL OR a.cleared_at >= @from)
FROM veto_alarms a
JOIN veto_indicators v ON v.street_code = a.street_code AND v.indicator_id = a.indicator_id
LEFT JOIN issues i ON i.street_code = a.street_code AND i.id = a.issue_id
WHERE a.street_code = @street AND a.raised_at < @to AND (a.cleared_at IS NULL OR a.cleared_at >= @from)
  AND i.embargoed IS NOT TRUE
ORDER BY a.raised_at, v.code, a.alarm_id;
