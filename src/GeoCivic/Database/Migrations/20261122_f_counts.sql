-- The maintained counts tell embargoed issues (found covertly, notice not out yet) from others, so that a choropleth of
-- somebody who may not know of them is right without reading a single issue.

DROP TRIGGER tr_issues_count_insert ON issues;
DROP TRIGGER tr_issues_count_update ON issues;
DROP TRIGGER tr_issues_count_delete ON issues;
DROP FUNCTION count_issues();

ALTER TABLE grid_issue_counts ADD COLUMN embargoed boolean NOT NULL DEFAULT false;
ALTER TABLE grid_issue_counts DROP CONSTRAINT pk_grid_issue_counts;
ALTER TABLE grid_issue_counts ADD CONSTRAINT pk_grid_issue_counts PRIMARY KEY (street_code, grid_code, embargoed);
ALTER TABLE category_issue_counts ADD COLUMN embargoed boolean NOT NULL DEFAULT false;
ALTER TABLE category_issue_counts DROP CONSTRAINT pk_category_issue_counts;
ALTER TABLE category_issue_counts
    ADD CONSTRAINT pk_category_issue_counts PRIMARY KEY (street_code, category, grid_code, embargoed);

-- One statement's changes are summed first and written in key order, so that writers cannot deadlock.
CREATE FUNCTION count_issues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gained category_issue_counts[];
    lost category_issue_counts[];
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        SELECT array_agg(ROW(r.street_code, r.category, r.grid_code, r.open, r.total, r.embargoed)::category_issue_counts) INTO gained
        FROM (SELECT street_code, category, coalesce(grid_code, '') AS grid_code, embargoed,
                     count(*) FILTER (WHERE is_open) AS open, count(*) AS total
              FROM new_rows GROUP BY 1, 2, 3, 4) r;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        SELECT array_agg(ROW(r.street_code, r.category, r.grid_code, -r.open, -r.total, r.embargoed)::category_issue_counts) INTO lost
        FROM (SELECT street_code, category, coalesce(grid_code, '') AS grid_code, embargoed,
                     count(*) FILTER (WHERE is_open) AS open, count(*) AS total
              FROM old_rows GROUP BY 1, 2, 3, 4) r;
    END IF;
    INSERT INTO category_issue_counts AS c (street_code, category, grid_code, open, total, embargoed)
    SELECT d.street_code, d.category, d.grid_code, sum(d.open), sum(d.total), d.embargoed
    FROM unnest(gained || lost) d
    GROUP BY 1, 2, 3, 6 HAVING sum(d.open) <> 0 OR sum(d.total) <> 0 ORDER BY 1, 2, 3, 6
    ON CONFLICT (street_code, category, grid_code, embargoed)
    DO UPDATE SET open = c.open + excluded.open, total = c.total + excluded.total;
    INSERT INTO grid_issue_counts AS c (street_code, grid_code, open, total, embargoed)
    SELECT d.street_code, d.grid_code, sum(d.open), sum(d.total), d.embargoed
    FROM unnest(gained || lost) d
    GROUP BY 1, 2, 5 HAVING sum(d.open) <> 0 OR sum(d.total) <> 0 ORDER BY 1, 2, 5
    ON CONFLICT (street_code, grid_code, embargoed)
    DO UPDATE SET open = c.open + excluded.open, total = c.total + excluded.total;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_issues_count_insert AFTER INSERT ON issues
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
CREATE TRIGGER tr_issues_count_update AFTER UPDATE ON issues
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
CREATE TRIGGER tr_issues_count_delete AFTER DELETE ON issues
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
