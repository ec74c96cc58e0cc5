INSERT INTO issue_events (
    street_code, issue_id, seq, kind, recorded_at, occurred_at, account_id, role, from_state, to_state, note, body_code,
    task_no, days, merged_into, leader)
VALUES (@street, @issue, @seq, @kind, @now, @now, @account, @role, @from_state, @to_state, @note, @body, @task, @days, @merged_into, @leader);
