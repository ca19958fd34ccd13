-- zones and the machines that stand in them
create table if not exists parking_zones (
  code text primary key,
  street text not null,
  places integer not null
);
create table if not exists ticket_machines (
  serial text primary key,
  zone_code text not null references parking_zones (code),
  out_of_order integer not null default 0
);
