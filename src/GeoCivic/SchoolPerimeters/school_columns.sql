s.street_code, s.code, s.name, s.kind, s.geom, s.accuracy, s.datum, s.revision, o.own,
       g.codes, g.names, g.mains, g.lons, g.lats, g.accuracies, g.data
