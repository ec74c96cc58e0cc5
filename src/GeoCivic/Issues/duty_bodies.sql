-- the deciding lead, and every cooperating body that a duty names
SELECT body_code, role = 'lead' AS lead, coalesce(tie, false) AS tie
FROM duties_at(@street, @community, @grid, @category, @on)
WHERE (role = 'lead' AND rank = 1) OR role = 'cooperating'
GROUP BY 1, 2, 3
ORDER BY 2 DESC, 1;
