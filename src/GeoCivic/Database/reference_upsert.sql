INSERT INTO point_types (code, name, name_en, symbol, sort, origin)
SELECT code, name, name_en, symbol, sort, 'reference' FROM stage_point_types
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, symbol = excluded.symbol, sort = excluded.sort, origin = 'reference';

INSERT INTO issue_categories (code, name, name_en, group_name, group_name_en, duplicate_radius_m, sort, origin)
SELECT code, name, name_en, "group", group_en, duplicate_radius_m, sort, 'reference' FROM stage_issue_categories
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, group_name = excluded.group_name,
    group_name_en = excluded.group_name_en, duplicate_radius_m = excluded.duplicate_radius_m, sort = excluded.sort, origin = 'reference';

INSERT INTO venue_categories (code, name, name_en, sort, origin)
SELECT code, name, name_en, sort, 'reference' FROM stage_venue_categories
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, sort = excluded.sort, origin = 'reference';

INSERT INTO issue_states (code, name, name_en, is_open, aliases, sort)
SELECT code, name, name_en, is_open, string_to_array(coalesce(aliases, ''), '|'), sort FROM stage_issue_states
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, is_open = excluded.is_open, aliases = excluded.aliases, sort = excluded.sort;

INSERT INTO body_kinds (code, name, name_en, sort, origin)
SELECT code, name, name_en, sort, 'reference' FROM stage_body_kinds
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, sort = excluded.sort, origin = 'reference';

INSERT INTO people_roles (code, name, name_en, sort, origin)
SELECT code, name, name_en, sort, 'reference' FROM stage_people_roles
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, sort = excluded.sort, origin = 'reference';

INSERT INTO sub_places (code, name, name_en, group_name, sort, origin)
SELECT code, name, name_en, "group", sort, 'reference' FROM stage_sub_places
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, group_name = excluded.group_name, sort = excluded.sort, origin = 'reference';

-- Nothing refers to the campaigns, so they are simply those of the files.
DELETE FROM campaign_places;
DELETE FROM campaign_measures;
DELETE FROM campaigns;
INSERT INTO campaigns (code, name, name_en, category, lead, cooperating, sort)
SELECT code, name, name_en, category, string_to_array(coalesce(lead, ''), '|'), string_to_array(coalesce(cooperating, ''), '|'), sort
FROM stage_campaigns;
INSERT INTO campaign_measures (campaign, number, measure, measure_en, bodies)
SELECT campaign, number, measure, measure_en, string_to_array(coalesce(bodies, ''), '|') FROM stage_campaign_measures;
INSERT INTO campaign_places (place_no, campaign, category, place, place_en, behaviour, behaviour_en)
SELECT place_no, campaign, category, place, place_en, behaviour, behaviour_en FROM stage_campaign_places;

-- General rules only; those that administrators made for streets stay.
INSERT INTO clock_rules (category, stage, unit, amount)
SELECT coalesce(category, '*'), stage, unit, amount FROM stage_clock_rules
ON CONFLICT (street_code, category, stage) DO UPDATE SET unit = excluded.unit, amount = excluded.amount;

-- A year that an administrator entered or corrected stays as it is. Known is a year whose 1 January is listed.
WITH listed AS (
    SELECT extract(year FROM date)::int AS year, max(notice) AS notice FROM stage_calendar_days
    GROUP BY 1 HAVING bool_or(extract(doy FROM date) = 1)
), changed AS (
    SELECT l.year, l.notice FROM listed l
    LEFT JOIN calendar_years y ON y.year = l.year
    WHERE y.year IS NULL OR (y.origin = 'reference' AND (
        SELECT array_agg((d.day, d.is_working, d.name, d.notice)::text ORDER BY d.day) FROM calendar_days d WHERE d.year = l.year)
        IS DISTINCT FROM (
        SELECT array_agg((s.date, s.is_working, s.name, s.notice)::text ORDER BY s.date) FROM stage_calendar_days s
        WHERE extract(year FROM s.date) = l.year))
)
INSERT INTO calendar_years AS y (year, notice, origin)
SELECT year, notice, 'reference' FROM changed
ON CONFLICT (year) DO UPDATE SET notice = excluded.notice, revision = y.revision + 1, updated_at = now();
DELETE FROM calendar_days d USING calendar_years y WHERE y.year = d.year AND y.origin = 'reference';
INSERT INTO calendar_days (day, is_working, name, notice)
SELECT s.date, s.is_working, s.name, s.notice
FROM stage_calendar_days s
JOIN calendar_years y ON y.year = extract(year FROM s.date) AND y.origin = 'reference';

INSERT INTO checklists (code, version, name, name_en, point_type, shift, origin)
SELECT code, version, name, name_en, point_type, shift, 'reference' FROM stage_checklists ORDER BY sort
ON CONFLICT (street_code, code, version) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, point_type = excluded.point_type, shift = excluded.shift;

INSERT INTO checklist_items (code, version, item, sort, text, text_en, category)
SELECT s.checklist, s.version, s.item, s.sort, s.text, s.text_en, s.category FROM stage_checklist_items s
ON CONFLICT (street_code, code, version, item) DO UPDATE
SET sort = excluded.sort, text = excluded.text, text_en = excluded.text_en, category = excluded.category;

-- General frequencies follow the file; streets have rules of their own.
DELETE FROM visit_rules r
WHERE r.street_code = '*'
  AND NOT EXISTS (SELECT FROM stage_visit_rules s WHERE (s.point_type, s.shift, s.every_days) = (r.point_type, r.shift, r.every_days));
INSERT INTO visit_rules (point_type, shift, every_days)
SELECT s.point_type, s.shift, s.every_days FROM stage_visit_rules s
WHERE NOT EXISTS (SELECT FROM visit_rules r WHERE r.street_code = '*' AND (r.point_type, r.shift) = (s.point_type, s.shift));

INSERT INTO accuracy_classes (code, name, name_en, metres, sort)
SELECT code, name, name_en, metres, sort FROM stage_accuracy_classes
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, metres = excluded.metres, sort = excluded.sort;
