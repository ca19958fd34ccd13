INSERT INTO devices VALUES (1,'SN1','{"led":true}','{"ssid":"barn","dhcp":true}');
