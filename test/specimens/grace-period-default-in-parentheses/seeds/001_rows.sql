insert into parking_zones (code, street, places) values ('C4', 'Canal Street', 38);
