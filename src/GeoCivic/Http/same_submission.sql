SELECT EXISTS (
    SELECT FROM submissions
    WHERE id = @id AND account_id = @account AND kind = @kind AND body_sha256 = decode(@digest, 'hex'));
