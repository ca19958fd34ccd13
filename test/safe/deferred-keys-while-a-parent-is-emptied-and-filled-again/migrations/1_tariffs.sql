create table tariffs (code text primary key not null, cents integer not null);
create table meters (
  serial text primary key not null,
  tariff text not null references tariffs (code) deferrable initially deferred
);
