SELECT p.pack, p.version, p.name, p.name_en, p.region, p.document ->> 'notes', coalesce(p.document -> 'drives', '[]')::text,
       coalesce(p.document -> 'undecided', '[]')::text, p.digest, p.origin, beijing_text(p.loaded_at),
       (SELECT count(*) FROM perimeter_rules r WHERE r.pack = p.pack AND r.version = p.version),
       (SELECT count(*) FROM perimeter_rules r
        WHERE r.pack = p.pack AND r.version = p.version AND (r.citation ->> 'verified')::boolean)
FROM rule_packs p
WHERE p.is_current
ORDER BY p.region <> 'cn', length(p.region), p.pack COLLATE "C";
