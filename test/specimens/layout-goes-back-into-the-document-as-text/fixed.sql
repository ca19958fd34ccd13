UPDATE widgets SET state = json_set('{}', '$.layout', json(state -> '$.layout'), '$.v', 2) WHERE json_valid(state);
