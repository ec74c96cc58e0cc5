SELECT g.indicator, g.point, g.outcome, nullif(g.note, '') AS note, g.score, g.i
FROM unnest(@indicators, @points, @outcomes, @notes, @scores) WITH ORDINALITY AS g (indicator, point, outcome, note, score, i)
