-- datasets of the street that were imported, and whether there are other streets
SELECT coalesce((SELECT array_agg(DISTINCT dataset) FROM imports WHERE street_code = @street), '{}'),
       EXISTS (SELECT FROM streets WHERE street_code <> @street);
