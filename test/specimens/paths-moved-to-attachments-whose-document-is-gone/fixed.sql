ALTER TABLE attachments ADD COLUMN path TEXT NOT NULL DEFAULT '';
UPDATE attachments SET path = coalesce((SELECT path FROM documents WHERE documents.id = attachments.document_id), '');
ALTER TABLE attachments DROP COLUMN document_id;
DROP TABLE documents;
