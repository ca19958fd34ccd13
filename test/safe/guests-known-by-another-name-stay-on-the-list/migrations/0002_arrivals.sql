INSERT OR IGNORE INTO guests (email, name) SELECT email, name FROM invitations;
DELETE FROM invitations
WHERE EXISTS (SELECT 1 FROM guests g WHERE g.email = invitations.email AND g.name = invitations.name);
