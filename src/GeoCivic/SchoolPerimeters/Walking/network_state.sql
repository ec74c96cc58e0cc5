-- How often ways have changed, how many there are here that people walk on, and whether there are any.
SELECT (SELECT coalesce(sum(v.revision), 0)::bigint FROM way_revisions v),
       EXISTS (SELECT FROM ways r WHERE r.geom && @area AND way_walks(r.kind, r.tunnel, r.walkable));
