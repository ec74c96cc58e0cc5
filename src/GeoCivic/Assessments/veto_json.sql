json_build_object(
    'id', v.indicator_id, 'street', v.street_code, 'code', v.code, 'name', v.name, 'basis', v.basis, 'origin', v.origin,
    'retired', v.retired, 'revision', v.revision, 'raised', h.open > 0, 'open', h.open, 'times', h.times, 'alarms', h.alarms)
