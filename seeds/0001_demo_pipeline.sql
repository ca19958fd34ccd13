-- The one pipeline there was before there were publishers, and three runs of it: one that finished, one under way, one
-- that failed.

INSERT INTO pipelines (id, version, def_json, created_at, updated_at)
VALUES ('demo', 2, '{
  "subtasks": {
    "triage": { "prompt": "Is the refund request complete?" },
    "evidence": { "prompt": "Which photos matter?", "spawns": "photo" },
    "photo": { "prompt": "Does the photo show damage?" },
    "decide": { "prompt": "Refund, replace or refuse?" }
  }
}', '2026-01-12T10:00:00.000Z', '2026-02-03T16:20:00.000Z');

INSERT INTO runs
  (id, pipeline_id, pipeline_version, status, initial_input_json, final_output_json, webhook_url, webhook_status,
   created_at, completed_at)
VALUES
  -- Began before the pipeline's second version.
  ('run_finished', 'demo', 1, 'completed', '{"order":"A-1001","photos":[]}', '{"decision":"refund","amount":42.5}',
   'https://shop.example/hooks/murmur', 'delivered', '2026-01-14T08:00:00.000Z', '2026-01-14T08:09:30.000Z'),
  ('run_open', 'demo', 2, 'running', '{"order":"A-1002","photos":["front","seal","label","box"]}', NULL,
   NULL, NULL, '2026-02-27T11:00:00.000Z', NULL),
  -- The work failed, and so did telling the shop.
  ('run_failed', 'demo', 2, 'failed', '{"order":"A-1003","photos":[]}', NULL,
   'https://gone.example/hook', 'failed', '2026-02-27T12:00:00.000Z', '2026-02-27T12:30:00.000Z');

INSERT INTO subtask_instances (id, run_id, subtask_id, status, input_json, created_at, finished_at)
VALUES
  ('ins_finished_triage', 'run_finished', 'triage', 'finished', '{"order":"A-1001"}',
   '2026-01-14T08:00:00.000Z', '2026-01-14T08:04:00.000Z'),
  ('ins_finished_decide', 'run_finished', 'decide', 'finished', '{"order":"A-1001","complete":true}',
   '2026-01-14T08:04:00.000Z', '2026-01-14T08:09:30.000Z'),
  ('ins_open_triage', 'run_open', 'triage', 'finished', '{"order":"A-1002"}',
   '2026-02-27T11:00:00.000Z', '2026-02-27T11:02:00.000Z'),
  -- Waits for the photos that it spawned.
  ('ins_open_evidence', 'run_open', 'evidence', 'waiting', '{"order":"A-1002"}', '2026-02-27T11:02:00.000Z', NULL),
  ('ins_failed_triage', 'run_failed', 'triage', 'failed', '{"order":"A-1003"}',
   '2026-02-27T12:00:00.000Z', '2026-02-27T12:30:00.000Z');

INSERT INTO subtask_instances
  (id, run_id, subtask_id, parent_instance_id, spawn_index, status, claim_token, expires_at, input_json, created_at,
   finished_at)
VALUES
  ('ins_open_photo_0', 'run_open', 'photo', 'ins_open_evidence', 0, 'finished', NULL, NULL,
   '{"photo":"front"}', '2026-02-27T11:05:00.000Z', '2026-02-27T11:11:00.000Z'),
  ('ins_open_photo_1', 'run_open', 'photo', 'ins_open_evidence', 1, 'claimed', 'clm_5d0e81', '2026-03-02T11:00:00.000Z',
   '{"photo":"seal"}', '2026-02-27T11:05:00.000Z', NULL),
  -- The agent went away: its claim lapsed before it was done, and nobody has claimed the photo since.
  ('ins_open_photo_2', 'run_open', 'photo', 'ins_open_evidence', 2, 'claimed', 'clm_93b7aa', '2026-02-27T11:20:00.000Z',
   '{"photo":"label"}', '2026-02-27T11:05:00.000Z', NULL),
  ('ins_open_photo_3', 'run_open', 'photo', 'ins_open_evidence', 3, 'ready', NULL, NULL,
   '{"photo":"box"}', '2026-02-27T11:05:00.000Z', NULL);

INSERT INTO subtask_results (instance_id, output_json, notes, submitted_at)
VALUES
  ('ins_finished_triage', '{"complete":true}', NULL, '2026-01-14T08:04:00.000Z'),
  ('ins_finished_decide', '{"decision":"refund","amount":42.5}', 'The invoice doesn''t list a voucher; paid in full.',
   '2026-01-14T08:09:30.000Z'),
  ('ins_open_triage', '{"complete":true}', NULL, '2026-02-27T11:02:00.000Z'),
  ('ins_open_photo_0', '{"damage":"none"}', '', '2026-02-27T11:11:00.000Z');

INSERT INTO agent_actions (instance_id, ts, kind, subcommand, args_json, response_json, truncated)
VALUES
  -- There was nothing to claim yet.
  (NULL, '2026-01-14T07:59:00.000Z', 'claim', NULL, NULL, '{"claimed":null}', 0),
  ('ins_finished_triage', '2026-01-14T08:01:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_finished_triage"}', 0),
  ('ins_finished_triage', '2026-01-14T08:04:00.000Z', 'submit', NULL, '{"complete":true}', NULL, 0),
  ('ins_finished_decide', '2026-01-14T08:05:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_finished_decide"}', 0),
  -- Cut to size, so no longer JSON.
  ('ins_finished_decide', '2026-01-14T08:06:00.000Z', 'subcommand', 'order-history', '{"order":"A-1001"}',
   '{"orders":[{"id":"A-0871","total":19.9},{"id":"A-09', 1),
  ('ins_finished_decide', '2026-01-14T08:09:30.000Z', 'submit', NULL, '{"decision":"refund","amount":42.5}', NULL, 0),
  ('ins_open_triage', '2026-02-27T11:01:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_open_triage"}', 0),
  ('ins_open_triage', '2026-02-27T11:02:00.000Z', 'submit', NULL, '{"complete":true}', NULL, 0),
  ('ins_open_evidence', '2026-02-27T11:03:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_open_evidence"}', 0),
  ('ins_open_evidence', '2026-02-27T11:05:00.000Z', 'spawn', NULL, '{"subtask":"photo","count":4}', NULL, 0),
  ('ins_open_photo_0', '2026-02-27T11:06:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_open_photo_0"}', 0),
  ('ins_open_photo_2', '2026-02-27T11:10:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_open_photo_2"}', 0),
  ('ins_open_photo_0', '2026-02-27T11:11:00.000Z', 'submit', NULL, '{"damage":"none"}', NULL, 0),
  ('ins_failed_triage', '2026-02-27T12:05:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_failed_triage"}', 0),
  ('ins_open_photo_1', '2026-03-02T10:00:00.000Z', 'claim', NULL, NULL, '{"claimed":"ins_open_photo_1"}', 0);
