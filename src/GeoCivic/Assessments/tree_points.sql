-- Types and points that are not there, and how many different points the others attach.
SELECT ARRAY(SELECT t FROM unnest(@types) t WHERE NOT EXISTS (SELECT FROM point_types k WHERE k.code = t)),
       ARRAY(SELECT c FROM unnest(@points) c WHERE NOT EXISTS (SELECT FROM points r WHERE r.street_code = @street AND r.code = c)),
       (SELECT count(*) FROM points r WHERE r.street_code = @street AND (r.type = ANY (@types) OR r.code = ANY (@points)));
