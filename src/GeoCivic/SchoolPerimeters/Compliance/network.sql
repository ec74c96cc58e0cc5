SELECT 0::bigint, 0::bigint;
