INSERT INTO bulletins (street_code, bulletin_id, kind, due_on, period_from, period_to, previous_from, replaces, note, made_at, made_by)
VALUES (@street, @id, @kind, @on, @from, @to, @previous, @replaces, @note, @now, @account);
