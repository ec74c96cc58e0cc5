UPDATE bulletins
SET status = 'issued', year = @year, seq = @seq, number = @number, street_name = @street_name, formula_street = @formula_street,
    formula_version = @formula_version, issued_at = @now, issued_by = @account, issuer = @issuer, note = coalesce(@note, note)
WHERE street_code = @street AND bulletin_id = @id;
