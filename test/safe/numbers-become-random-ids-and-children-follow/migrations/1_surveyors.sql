create table surveyors (id text primary key not null, name text not null);
create table sketches (
  id integer primary key,
  surveyor_id text not null references surveyors (id) on update cascade,
  sheet text not null
);
