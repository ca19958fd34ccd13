CREATE UNIQUE INDEX addresses_keeper_main ON addresses (keeper_id, is_main);
CREATE UNIQUE INDEX addresses_shed_main ON addresses (shed_id, is_main);
