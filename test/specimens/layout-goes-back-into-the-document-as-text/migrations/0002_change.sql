UPDATE widgets SET state = json_set('{}', '$.layout', state ->> '$.layout', '$.v', 2);
