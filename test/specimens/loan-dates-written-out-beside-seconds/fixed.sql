UPDATE loans SET due_at = due_at - due_at % 86400;
