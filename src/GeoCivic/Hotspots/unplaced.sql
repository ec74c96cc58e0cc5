WITH counts AS (
    {{counts}}
)
SELECT coalesce(sum(n) FILTER (WHERE coalesce(grid_code, '') = ''), 0)::bigint FROM counts;
