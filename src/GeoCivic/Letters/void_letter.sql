UPDATE letters SET state = 'void', voided_at = @now, voided_by = @account
WHERE letter_id = @id AND street_code = @street;
