UPDATE parts SET label = label || '-' || suffix;
