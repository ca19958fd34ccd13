-- A pipeline defines small decision tasks. A run is one pass through a pipeline; an instance is one task of a run,
-- which one agent at a time claims, works on and answers.
-- Timestamps are ISO-8601 text in UTC. Columns named *_json hold JSON as text.

CREATE TABLE pipelines (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  def_json TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

-- Deleting a pipeline deletes its runs, and with them their instances and results.
CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  pipeline_id TEXT NOT NULL REFERENCES pipelines(id) ON DELETE CASCADE,
  pipeline_version INTEGER NOT NULL, -- the one the run began with; the pipeline may have moved on
  status TEXT NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
  initial_input_json TEXT NOT NULL,
  final_output_json TEXT,
  webhook_url TEXT,
  webhook_status TEXT CHECK (webhook_status IN ('pending', 'delivered', 'failed')),
  created_at TEXT NOT NULL,
  completed_at TEXT
);

CREATE INDEX runs_by_pipeline ON runs (pipeline_id, created_at);

-- An instance may spawn others and waits for them; spawn_index is their order.
CREATE TABLE subtask_instances (
  id TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  subtask_id TEXT NOT NULL, -- a key of "subtasks" in the pipeline's def_json
  parent_instance_id TEXT REFERENCES subtask_instances(id) ON DELETE CASCADE,
  spawn_index INTEGER,
  status TEXT NOT NULL CHECK (status IN ('ready', 'claimed', 'waiting', 'finished', 'failed')),
  claim_token TEXT,
  expires_at TEXT, -- when the claim lapses and the instance can be claimed again
  input_json TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT
);

CREATE UNIQUE INDEX subtask_instances_claim_token ON subtask_instances (claim_token) WHERE claim_token IS NOT NULL;

CREATE INDEX subtask_instances_by_status ON subtask_instances (status, created_at);

CREATE TABLE subtask_results (
  instance_id TEXT NOT NULL PRIMARY KEY REFERENCES subtask_instances(id) ON DELETE CASCADE,
  output_json TEXT NOT NULL,
  notes TEXT,
  submitted_at TEXT NOT NULL
);

-- The log of what agents did. It outlives the instances it speaks of.
CREATE TABLE agent_actions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_id TEXT REFERENCES subtask_instances(id) ON DELETE SET NULL,
  ts TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('claim', 'subcommand', 'spawn', 'submit')),
  subcommand TEXT,
  args_json TEXT,
  response_json TEXT,
  truncated INTEGER NOT NULL DEFAULT 0 CHECK (truncated IN (0, 1)) -- 1: response_json was cut to size
);

CREATE INDEX agent_actions_by_instance ON agent_actions (instance_id, ts);
