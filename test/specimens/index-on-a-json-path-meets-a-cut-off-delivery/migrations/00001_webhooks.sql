-- webhooks and what they delivered
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL
);
CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
    body TEXT,
    delivered_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
