CREATE TEMP TABLE stage_point_types (sort int GENERATED ALWAYS AS IDENTITY, code text, name text, name_en text, symbol text) ON COMMIT DROP;
CREATE TEMP TABLE stage_issue_categories (sort int GENERATED ALWAYS AS IDENTITY, code text, name text, name_en text, "group" text, group_en text) ON COMMIT DROP;
CREATE TEMP TABLE stage_venue_categories (sort int GENERATED ALWAYS AS IDENTITY, code text, name text, name_en text) ON COMMIT DROP;
CREATE TEMP TABLE stage_issue_states (sort int GENERATED ALWAYS AS IDENTITY, code text, name text, name_en text, is_open boolean, aliases text) ON COMMIT DROP;
