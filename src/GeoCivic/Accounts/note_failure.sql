WITH forgotten AS (
    DELETE FROM sign_in_failures WHERE failed_at < now() - make_interval(mins => @minutes)
)
INSERT INTO sign_in_failures (normalized_user_name, address) VALUES (left(@user_name, 200), @address);
