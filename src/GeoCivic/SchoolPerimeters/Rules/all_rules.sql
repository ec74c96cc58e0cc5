-- The rules of the current packs, narrow regions after wide ones.
SELECT r.pack, r.version, r.rule_id, r.name, r.name_en, p.region, r.school_kinds, r.venue_categories, r.issue_categories,
       r.metres, r.inclusive, r.measured_from, r.measured_how, r.method_settled, r.licensed_before, r.exempt_until,
       r.valid_from, r.valid_until, r.citation::text, r.certainty, r.replaces, r.digest, p.name, p.name_en
FROM perimeter_rules r
JOIN rule_packs p ON p.pack = r.pack AND p.version = r.version
WHERE p.is_current
ORDER BY p.region <> 'cn', length(p.region), r.pack COLLATE "C", r.sort;
