create table recipes (id integer primary key, title text not null, serves integer);
create table ingredients (
  id integer primary key,
  recipe_id integer not null,
  name text not null,
  grams numeric
);
