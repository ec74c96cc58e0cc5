INSERT INTO perimeter_runs (street_code, seq, run_id, day, kind, made_at, made_by, tally, changes)
VALUES (@street, @seq, @run, @day, @kind, @now, @account, @tally::jsonb, @changes::jsonb);
