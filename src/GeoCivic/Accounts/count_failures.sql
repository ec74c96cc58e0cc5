-- seconds to wait, or no row: until the oldest failure that counts is forgotten
WITH recent AS (
    SELECT normalized_user_name, failed_at FROM sign_in_failures
    WHERE address = @address AND failed_at > now() - make_interval(mins => @minutes)
), account AS (
    SELECT failed_at, row_number() OVER (ORDER BY failed_at DESC) AS n FROM recent WHERE normalized_user_name = @user_name
), everybody AS (
    SELECT failed_at, row_number() OVER (ORDER BY failed_at DESC) AS n FROM recent
)
SELECT extract(epoch FROM max(failed_at) + make_interval(mins => @minutes) - now())::double precision
FROM (
    SELECT failed_at FROM account WHERE n = @most_for_account
    UNION ALL
    SELECT failed_at FROM everybody WHERE n = @most_for_address
) f
HAVING count(*) > 0;
