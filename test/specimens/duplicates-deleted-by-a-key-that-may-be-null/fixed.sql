DELETE FROM letters WHERE message_id IS NOT NULL
  AND id NOT IN (SELECT max(id) FROM letters GROUP BY mailbox_id, message_id);
CREATE UNIQUE INDEX letters_message ON letters (mailbox_id, message_id);
