INSERT INTO mailboxes (id, address) VALUES (1, 'desk@museum.example');
INSERT INTO letters (id, mailbox_id, message_id, subject) VALUES
  (1, 1, NULL, 'Loan of two masks'), (2, 1, NULL, 'Re: insurance'), (3, 1, '<a1@x>', 'Hello');
