UPDATE profiles SET prefs = json_object('email', json_extract(prefs, '$.email'), 'weekly', json_extract(prefs, '$.weekly'));
