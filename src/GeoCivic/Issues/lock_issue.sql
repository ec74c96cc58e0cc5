-- Alone, so that the next statement sees what the lock waited for.
SELECT FROM issues WHERE id = @id FOR UPDATE;
