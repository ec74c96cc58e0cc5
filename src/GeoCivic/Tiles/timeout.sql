-- for this transaction only
SELECT set_config('statement_timeout', @milliseconds::text, true);
