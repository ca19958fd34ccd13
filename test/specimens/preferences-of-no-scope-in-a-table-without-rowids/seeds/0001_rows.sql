INSERT INTO preferences VALUES (NULL,'theme','dark'),('u1','theme','light');
