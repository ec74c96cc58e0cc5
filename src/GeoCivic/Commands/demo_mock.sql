-- Results of a made-up run as the call takes them: some points of each indicator's types, in order or not by their code's
-- hash, and scores for what is answered by papers and surveys. The first run left the last project out; in the second one
-- veto indicator was not met.
WITH leaf AS (
    SELECT n.code, n.sort, n.point_types, n.veto, abs(hashtextextended(n.code, @run)) AS h,
           row_number() OVER (PARTITION BY n.veto ORDER BY n.sort) AS veto_no
    FROM assessment_nodes n
    WHERE n.street_code = @street AND n.tree_id = @tree
      AND NOT EXISTS (SELECT FROM assessment_nodes c WHERE c.street_code = n.street_code AND c.tree_id = n.tree_id AND c.parent_code = n.code)
      AND (@run > 1 OR n.code NOT LIKE '12.%')
), looked AS (
    SELECT l.sort, p.code AS point, l.code, l.veto, l.veto_no, p.i,
           abs(hashtextextended(p.code || l.code, @run)) % 100 < 22 - 6 * @run AS wrong
    FROM leaf l
    CROSS JOIN LATERAL (
        SELECT r.code, row_number() OVER (ORDER BY hashtextextended(r.code || l.code, 7)) AS i
        FROM points r WHERE r.street_code = @street AND r.type = ANY (l.point_types)
        ORDER BY i LIMIT 4
    ) p
)
SELECT json_agg(r.result ORDER BY r.sort, r.result ->> 'point')::text
FROM (
    SELECT k.sort, json_build_object('indicator', k.code, 'point', k.point,
           'outcome', CASE WHEN k.veto THEN CASE WHEN @run = 2 AND k.veto_no = 1 AND k.i = 1 THEN 'bad' ELSE 'ok' END
                           WHEN k.wrong THEN 'bad' ELSE 'ok' END) AS result
    FROM looked k
    UNION ALL
    SELECT l.sort, json_build_object('indicator', l.code, 'score', 70 + l.h % 27 + @run)
    FROM leaf l WHERE cardinality(l.point_types) = 0
) r;
