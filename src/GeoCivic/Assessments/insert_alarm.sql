INSERT INTO veto_alarms (street_code, alarm_id, indicator_id, reason, issue_id, raised_by, raised_at)
SELECT @street, @id, @indicator, @reason, @issue, @account, @now
WHERE @issue::uuid IS NULL OR EXISTS (
    SELECT FROM issues i WHERE i.street_code = @street AND i.id = @issue
      AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope));
