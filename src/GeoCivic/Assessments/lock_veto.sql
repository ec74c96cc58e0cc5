SELECT v.street_code, v.revision,
       EXISTS (SELECT FROM veto_alarms a WHERE a.street_code = v.street_code AND a.indicator_id = v.indicator_id AND a.cleared_at IS NULL)
FROM veto_indicators v
WHERE v.indicator_id = @id AND in_street_scope(v.street_code, @scope)
FOR UPDATE OF v;
