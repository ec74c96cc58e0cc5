INSERT INTO point_types (code, name, name_en, symbol, sort, origin)
SELECT code, name, name_en, symbol, sort, 'reference' FROM stage_point_types
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, symbol = excluded.symbol, sort = excluded.sort, origin = 'reference';

INSERT INTO issue_categories (code, name, name_en, group_name, group_name_en, sort, origin)
SELECT code, name, name_en, "group", group_en, sort, 'reference' FROM stage_issue_categories
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, name_en = excluded.name_en, group_name = excluded.group_name,
    group_name_en = excluded.group_name_en, sort = excluded.sort, origin = 'reference';

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
