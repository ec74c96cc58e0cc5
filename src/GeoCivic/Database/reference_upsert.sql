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
