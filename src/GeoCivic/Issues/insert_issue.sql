INSERT INTO issues (
    street_code, id, code, name, category, state, is_open, found_at, closed_at, description, point_code, geom,
    placement, grid_code, community_code, snap_distance_m, origin, covert, reported_by, reported_at, clock_ahead,
    accuracy_m, building, floor, sub_place, file_due_at, file_due_zh, file_due_en)
VALUES (
    @street, @id, @code, @name, @category, @state, @open, @found_at,
    CASE WHEN NOT @open THEN greatest(@now, @found_at) END, @description, @point, @place,
    @placement, @grid, @community, @snap, 'app', @covert, @account, @now, @clock_ahead,
    @accuracy, @building, @floor, @sub_place, @file_due, @file_zh, @file_en);
