INSERT INTO depots (id, street, postcode, gates) VALUES ('dd', 'Hafenstrasse 3', '01067', '4');
