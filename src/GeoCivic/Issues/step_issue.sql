UPDATE issues
SET state = @state, is_open = @open,
    -- a device whose clock is ahead may have found it later than now
    closed_at = CASE WHEN @open THEN NULL ELSE greatest(@now, found_at) END,
    lead_body = @lead_body, lead_task_no = @lead_task,
    rectified_by = @rectified_by, verified_by = @verified_by, merged_into = @merged_into,
    notice_issued_at = CASE WHEN @notice THEN coalesce(notice_issued_at, @now) ELSE notice_issued_at END,
    file_due_at = coalesce(@file_due, file_due_at), file_due_zh = coalesce(@file_zh, file_due_zh),
    file_due_en = coalesce(@file_en, file_due_en),
    revision = revision + 1, updated_at = @now
WHERE street_code = @street AND id = @issue;
