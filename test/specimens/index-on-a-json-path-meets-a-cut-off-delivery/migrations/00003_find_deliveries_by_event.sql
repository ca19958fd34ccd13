CREATE INDEX idx_webhook_deliveries_webhook ON webhook_deliveries(webhook_id, delivered_at);
CREATE INDEX idx_webhook_deliveries_event ON webhook_deliveries(json_extract(body, '$.event'));
