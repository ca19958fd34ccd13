alter table ingredients rename to ingredients_v1;
create table ingredients (
  id integer primary key,
  recipe_id integer not null,
  name text not null,
  grams numeric check (typeof(grams) IN ('integer', 'real'))
);
insert into ingredients
select id, recipe_id, name, case when typeof(grams) in ('integer', 'real') then grams else 0 end from ingredients_v1;
drop table ingredients_v1;
