alter table guests add column language text not null default 'en';
