-- The ways that walks of this street may use are those of every street; the revision counts their changes.
SELECT count(*), coalesce(sum(w.revision), 0)::bigint FROM ways w;
