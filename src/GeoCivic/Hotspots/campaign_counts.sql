-- found before and during, in the areas treated and in the controls
SELECT count(*) FILTER (WHERE treated AND before), count(*) FILTER (WHERE treated AND NOT before),
       count(*) FILTER (WHERE NOT treated AND before), count(*) FILTER (WHERE NOT treated AND NOT before)
FROM (
    SELECT r.community_code = ANY (@areas) OR r.grid_code = ANY (@areas) AS treated, r.found_at < @before_to AND r.found_at >= @before_from AS before
    FROM issues r
    WHERE r.street_code = @street
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
      AND (@category::text IS NULL OR r.category = @category)
      AND (r.community_code = ANY (@areas || @controls) OR r.grid_code = ANY (@areas || @controls))
      AND ((r.found_at >= @before_from AND r.found_at < @before_to) OR (r.found_at >= @during_from AND r.found_at < @during_to))
) i
