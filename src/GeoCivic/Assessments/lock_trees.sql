-- One import of a street at a time, so that numbers have no gap.
SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('assessment-trees ' || @street, 0))) l;
