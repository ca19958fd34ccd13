create table guests (
  id integer primary key,
  full_name text not null,
  loyalty_no text
);
create table stays (
  id integer primary key,
  guest_id integer not null references guests (id) on delete cascade,
  room text not null,
  arrived_on text not null
);
