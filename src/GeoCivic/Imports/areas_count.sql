SELECT count(*) FILTER (WHERE cur_from IS NULL),
       count(*) FILTER (WHERE cur_from IS NOT NULL AND (NOT same OR valid_until IS NOT NULL)),
       count(*) FILTER (WHERE cur_from IS NOT NULL AND same AND valid_until IS NULL)
FROM resolved;
