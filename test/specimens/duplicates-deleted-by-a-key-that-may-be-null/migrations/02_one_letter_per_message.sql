DELETE FROM letters WHERE id NOT IN (SELECT max(id) FROM letters GROUP BY mailbox_id, message_id);
CREATE UNIQUE INDEX letters_message ON letters (mailbox_id, message_id);
