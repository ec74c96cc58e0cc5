-- Walks use the ways of every street: how many there are that people walk on, and how often ways have changed.
SELECT (SELECT count(*) FROM ways w WHERE way_walks(w.kind, w.tunnel, w.walkable)),
       (SELECT coalesce(sum(r.revision), 0)::bigint FROM way_revisions r);
