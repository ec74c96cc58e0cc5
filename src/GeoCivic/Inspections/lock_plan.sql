-- The version in force, with the plan held until the end of the transaction.
SELECT p.revision, v.valid_from, v.name, v.cadence, v.kind, v.point_types, v.communities, v.grids, v.points, v.shifts, v.share,
       v.starts, CASE WHEN isfinite(v.ends) THEN v.ends END, v.working_days, v.note, v.counts_from
FROM plans p
JOIN plan_versions v ON v.street_code = p.street_code AND v.plan_id = p.plan_id AND v.valid_until = 'infinity'
WHERE p.street_code = @street AND p.plan_id = @id
FOR UPDATE OF p;
