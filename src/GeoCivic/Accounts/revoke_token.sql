UPDATE tokens SET revoked_at = coalesce(revoked_at, now()) WHERE token_id = @id AND account_id = @account;
