INSERT INTO visit_positions (street_code, visit_id, geom, accuracy_m, distance_m, geofence_m)
SELECT @street, @id, @place, @accuracy, ST_Distance(r.geom::geography, @place::geography), @geofence
FROM points r
WHERE r.street_code = @street AND r.code = @point;
