INSERT INTO profiles (id, handle, bio) VALUES ('p1', 'Ada', 'likes engines');
