UPDATE loans SET due_at = datetime(due_at, 'unixepoch');
