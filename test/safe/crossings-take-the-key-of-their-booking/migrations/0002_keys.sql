UPDATE crossings SET id = CAST(replace(booking_id, '-', '') AS BLOB) WHERE booking_id IS NOT NULL;
