SELECT a.raised_by, a.cleared_at IS NOT NULL
FROM ({{Assessments/visible_alarms.sql}}) a
WHERE a.street_code = @street AND a.alarm_id = @id AND a.indicator_id = @indicator;
