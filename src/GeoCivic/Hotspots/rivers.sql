SELECT geom FROM base_features
WHERE street_code = @street AND kind = 'river' AND ST_Dimension(geom) > 0
ORDER BY code COLLATE "C";
