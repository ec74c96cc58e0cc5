SELECT sha256 FROM photos WHERE sha256 = ANY (@names);
