SELECT NOT EXISTS (SELECT FROM point_types WHERE code = @type),
       ARRAY(SELECT c FROM unnest(@categories) c WHERE c <> '' AND NOT EXISTS (SELECT FROM issue_categories k WHERE k.code = c));
