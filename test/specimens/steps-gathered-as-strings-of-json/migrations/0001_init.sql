CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE steps (id INTEGER PRIMARY KEY, plan_id INTEGER NOT NULL REFERENCES plans(id), spec TEXT NOT NULL CHECK (json_valid(spec)));
CREATE INDEX steps_plan ON steps(plan_id);
