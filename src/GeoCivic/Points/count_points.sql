SELECT count(*)
FROM points r
{{Geography/place_on_day.sql}}
{{Points/where_points.sql}};
