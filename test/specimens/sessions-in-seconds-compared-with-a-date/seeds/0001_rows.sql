INSERT INTO sessions VALUES ('a','ida',4102444800),('b','joe',1500000000);
