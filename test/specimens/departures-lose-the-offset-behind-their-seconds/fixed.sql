UPDATE flights SET departs = strftime('%Y-%m-%dT%H:%M:%SZ', departs) WHERE strftime('%s', departs) IS NOT NULL;
