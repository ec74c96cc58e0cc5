-- the issued bulletin of the period that no other one replaces
SELECT b.bulletin_id, b.number
FROM bulletins b
WHERE b.street_code = @street AND b.kind = @kind AND b.period_from = @from AND b.status = 'issued'
  AND NOT EXISTS (SELECT FROM bulletins n WHERE n.street_code = b.street_code AND n.replaces = b.bulletin_id AND n.status = 'issued')
ORDER BY b.issued_at DESC
LIMIT 1;
