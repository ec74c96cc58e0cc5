-- Waits while another transaction holds the same id, and then finds it taken or free.
INSERT INTO submissions (id, account_id, kind, body_sha256, made_at)
VALUES (@id, @account, @kind, decode(@digest, 'hex'), @now)
ON CONFLICT DO NOTHING;
