SELECT json_build_object('tokens', coalesce(json_agg(json_build_object(
    'id', t.token_id, 'name', t.name, 'access', t.access, 'areas', t.areas, 'createdAt', beijing_text(t.created_at),
    'expiresAt', beijing_text(t.expires_at), 'usedAt', beijing_text(t.used_at), 'revokedAt', beijing_text(t.revoked_at))
    ORDER BY t.created_at DESC), '[]'::json))::text
FROM tokens t
WHERE t.account_id = @account;
