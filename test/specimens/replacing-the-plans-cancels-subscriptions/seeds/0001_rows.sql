INSERT INTO subscriptions (id, plan_slug, account) VALUES (1, 'choir', 'acc-1');
