SELECT geom FROM base_features
WHERE street_code = ANY (@streets) AND kind = 'river' AND ST_Dimension(geom) > 0;
