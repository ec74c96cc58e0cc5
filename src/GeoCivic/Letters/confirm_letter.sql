UPDATE letters
SET state = 'issued', year = @year, seq = @seq, number = @number, issued_at = @now, issued_by = @account
WHERE letter_id = @id AND street_code = @street;
