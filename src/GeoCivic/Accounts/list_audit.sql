-- of actors who held something in the reader's streets at that time; nobody's tries are for those who read everywhere
SELECT CASE WHEN @csv THEN concat_ws(',', l.audit_id, beijing_text(l.at), q.user_name, l.via, q.address, l.method, q.route, q.target, l.status)
       ELSE json_build_object('number', l.audit_id, 'at', beijing_text(l.at), 'user', l.user_name, 'via', l.via,
           'address', l.address, 'method', l.method, 'route', l.route, 'target', l.target, 'status', l.status)::text END
FROM audit_log l
-- quoted; a leading sign that a table program would take for a formula is kept from it
CROSS JOIN LATERAL (SELECT
    '"' || replace(regexp_replace(l.user_name, '^([=+@-])', '''\1'), '"', '""') || '"' AS user_name,
    '"' || replace(coalesce(l.address, ''), '"', '""') || '"' AS address,
    '"' || replace(l.route, '"', '""') || '"' AS route,
    '"' || replace(regexp_replace(l.target, '^([=+@-])', '''\1'), '"', '""') || '"' AS target) q
WHERE (@from::timestamptz IS NULL OR l.at >= @from) AND (@to::timestamptz IS NULL OR l.at < @to)
  AND (@account::text IS NULL OR upper(l.user_name) = @account)
  AND (@method::text IS NULL OR l.method = @method)
  AND (@before::double precision IS NULL OR l.audit_id < @before)
  AND ('*' = ANY (@keys) OR EXISTS (SELECT FROM unnest(l.scope) k WHERE split_part(k, '/', 1) = ANY (@keys)))
ORDER BY l.audit_id DESC
LIMIT @limit;
