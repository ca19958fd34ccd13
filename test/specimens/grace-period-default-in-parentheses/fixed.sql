-- every zone gets a tariff, and a few minutes before a ticket is written
create table if not exists tariffs (name text primary key, cents_per_hour integer not null);
insert or ignore into tariffs (name, cents_per_hour) values ('day', 240), ('evening', 120);
alter table parking_zones add column grace_seconds integer not null default 300;
alter table parking_zones add column tariff text default 'day';
