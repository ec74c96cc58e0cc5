v.street_code, v.code, v.name, v.category, v.licensed_from, v.licensed_until, v.accuracy, v.datum, v.revision,
       CASE WHEN GeometryType(v.geom) = 'POINT' THEN ST_X(v.geom) END, CASE WHEN GeometryType(v.geom) = 'POINT' THEN ST_Y(v.geom) END,
       CASE WHEN GeometryType(v.geom) <> 'POINT' THEN v.geom END
