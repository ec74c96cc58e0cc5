SELECT ARRAY(SELECT t FROM unnest(@types) t WHERE NOT EXISTS (SELECT FROM point_types k WHERE k.code = t));
