-- Whoever sent it, and whoever sees what it is attached to.
SELECT p.media_type
FROM photos p
WHERE p.sha256 = @sha256
  AND (EXISTS (SELECT FROM photo_uploads u WHERE u.sha256 = p.sha256 AND u.account_id = @account)
       OR EXISTS (
           SELECT FROM issue_photos a
           JOIN issues i ON i.street_code = a.street_code AND i.id = a.issue_id
           WHERE a.sha256 = p.sha256
             AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope))
       OR EXISTS (
           SELECT FROM visit_photos a
           JOIN visits v ON v.street_code = a.street_code AND v.id = a.visit_id
           JOIN points r ON r.street_code = v.street_code AND r.code = v.point_code
           WHERE a.sha256 = p.sha256
             AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, CASE WHEN v.covert THEN @covert_scope ELSE @scope END)));
