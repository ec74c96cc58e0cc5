SELECT EXISTS (SELECT FROM issue_categories WHERE code = @category),
       @point::text IS NULL OR EXISTS (SELECT FROM points WHERE street_code = @street AND code = @point),
       @sub_place::text IS NULL OR EXISTS (SELECT FROM sub_places WHERE code = @sub_place);
