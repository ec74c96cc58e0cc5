-- the areas named, as keys; a grid with the key of its community above it
WITH asked AS (
    SELECT DISTINCT ON (a.code) a.code, s.street_code || coalesce('/' || left(v.level, 1) || '/' || v.code, '') AS key,
           CASE WHEN v.level = 'grid' THEN s.street_code || '/c/' || v.parent_code ELSE s.street_code END AS parent
    FROM unnest(@areas::text[]) a (code)
    LEFT JOIN area_versions v ON v.code = a.code AND v.level IN ('community', 'grid') AND v.valid_until = 'infinity'
    JOIN streets s ON s.street_code = coalesce(v.street_code, a.code)
    WHERE in_scope(s.street_code, CASE v.level WHEN 'community' THEN v.code ELSE v.parent_code END,
                   CASE v.level WHEN 'grid' THEN v.code END, @scope)
    ORDER BY a.code, v.level NULLS FIRST
)
INSERT INTO tokens (token_id, account_id, name, secret_sha256, access, areas, parents, expires_at)
SELECT @id, @account, @name, @secret, @access,
       CASE WHEN @areas::text[] IS NOT NULL THEN (SELECT array_agg(key ORDER BY key) FROM asked) END,
       CASE WHEN @areas::text[] IS NOT NULL THEN (SELECT array_agg(parent ORDER BY key) FROM asked) END,
       now() + make_interval(days => @days)
WHERE @areas::text[] IS NULL
   OR (cardinality(@areas) > 0 AND (SELECT count(*) FROM asked) = (SELECT count(DISTINCT a) FROM unnest(@areas) a))
RETURNING expires_at;
