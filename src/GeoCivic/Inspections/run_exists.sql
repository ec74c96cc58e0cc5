WITH {{Inspections/runs_judged.sql}}
SELECT EXISTS (SELECT FROM judged k WHERE k.first = @from);
