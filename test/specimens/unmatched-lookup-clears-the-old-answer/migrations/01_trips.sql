CREATE TABLE trips (id INTEGER PRIMARY KEY, passenger TEXT NOT NULL, fare_class TEXT);
