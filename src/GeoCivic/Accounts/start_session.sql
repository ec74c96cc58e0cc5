WITH forgotten AS (
    DELETE FROM sign_in_failures WHERE normalized_user_name = @user_name AND address = @address
), over AS (
    DELETE FROM sessions WHERE account_id = @account AND seen_at < now() - INTERVAL '30 days'
)
INSERT INTO sessions (session_id, account_id, address) VALUES (@session, @account, @address);
