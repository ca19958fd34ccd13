UPDATE profiles SET prefs = json_object('email', prefs -> '$.email', 'weekly', prefs -> '$.weekly') WHERE json_valid(prefs);
