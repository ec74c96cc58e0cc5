INSERT INTO plan_versions (street_code, plan_id, valid_from, name, cadence, kind, point_types, communities, grids, points,
                           shifts, share, starts, ends, counts_from, working_days, note, recorded_by, recorded_at)
VALUES (@street, @id, @today, @name, @cadence, @kind, @point_types, @communities, @grids, @points,
        @shifts, @share, @starts, coalesce(@ends, 'infinity'::date), @counts_from, @working_days, @note, @account, @now);
