INSERT INTO webhooks (id, url) VALUES ('wh1', 'https://example.org/hook');
INSERT INTO webhook_deliveries (webhook_id, body) VALUES ('wh1', '{"event": "created", "note": "the text en');
