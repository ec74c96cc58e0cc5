-- the last period of each kind that a bulletin was issued for
SELECT kind, max(period_from) FROM bulletins WHERE street_code = @street AND status = 'issued' GROUP BY kind;
