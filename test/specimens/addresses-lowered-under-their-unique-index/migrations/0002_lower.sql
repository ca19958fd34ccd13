UPDATE subscribers SET email = lower(email);
