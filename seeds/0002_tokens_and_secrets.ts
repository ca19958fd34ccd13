import { defineSeed } from '../src/index.ts';

/** The demo publisher's credentials after a restart, and a second publisher with a pipeline and a run of its own. */
export default defineSeed(({ insert, faker }) => {
  const hash = (): string => faker.string.hexadecimal({ length: 64, casing: 'lower', prefix: '' });
  const secret = (row: { id: string; publisher_id: string; kind: string; name: string }) => ({
    ...row,
    ciphertext: Buffer.from(hash(), 'hex'),
    created_at: '2026-03-05T13:10:00.000Z',
  });

  insert('publishers', {
    id: 'pub_harbour',
    slug: 'harbour',
    display_name: faker.company.name(),
    created_at: '2026-03-05T13:00:00.000Z',
  });

  // Revoked by its holder, taken over again when the service restarted: two rows with one hash, of which one is active.
  const environmentToken = {
    publisher_id: 'pub_demo_seed',
    kinds_json: JSON.stringify(['*']),
    secret_hash: hash(),
    source: 'env_grandfather',
  };
  insert('publisher_tokens', [
    {
      ...environmentToken,
      id: 'tok_env_first',
      created_at: '2026-03-02T09:00:01.000Z',
      revoked_at: '2026-03-04T17:45:00.000Z',
    },
    { ...environmentToken, id: 'tok_env_again', created_at: '2026-03-05T06:00:00.000Z', revoked_at: null },
    {
      id: 'tok_harbour',
      publisher_id: 'pub_harbour',
      kinds_json: JSON.stringify(['pipelines:write', 'runs:read']),
      secret_hash: hash(),
      source: 'issued',
      created_at: '2026-03-05T13:05:00.000Z',
      revoked_at: null,
    },
  ]);

  insert('publisher_secrets', [
    secret({ id: 'sec_demo_orders', publisher_id: 'pub_demo_seed', kind: 'subcommand_bearer', name: 'order-history' }),
    secret({ id: 'sec_demo_signing', publisher_id: 'pub_demo_seed', kind: 'webhook_signing', name: 'default' }),
    secret({ id: 'sec_harbour_signing', publisher_id: 'pub_harbour', kind: 'webhook_signing', name: 'default' }),
  ]);

  insert('pipelines', {
    id: 'berths',
    publisher_id: 'pub_harbour',
    version: 1,
    def_json: JSON.stringify({ subtasks: { assign: { prompt: 'Which berth fits the vessel?' } } }),
    created_at: '2026-03-05T14:00:00.000Z',
    updated_at: '2026-03-05T14:00:00.000Z',
  });
  insert('runs', {
    id: 'run_berths',
    pipeline_id: 'berths',
    pipeline_version: 1,
    status: 'completed',
    initial_input_json: JSON.stringify({ vessel: faker.person.firstName(), metres: 31 }),
    final_output_json: JSON.stringify({ berth: 'C4' }),
    webhook_url: 'https://harbour.example/berths',
    webhook_status: 'pending',
    created_at: '2026-03-06T05:30:00.000Z',
    completed_at: '2026-03-06T05:41:00.000Z',
  });

  insert('publisher_audit_events', [
    {
      publisher_id: 'pub_demo_seed',
      token_id: null,
      action: 'token.grandfathered',
      details_json: JSON.stringify({ token: 'tok_env_first' }),
      ts: '2026-03-02T09:00:01.000Z',
    },
    {
      publisher_id: 'pub_demo_seed',
      token_id: 'tok_env_first',
      action: 'token.revoked',
      details_json: null,
      ts: '2026-03-04T17:45:00.000Z',
    },
    {
      publisher_id: 'pub_demo_seed',
      token_id: null,
      action: 'token.grandfathered',
      details_json: JSON.stringify({ token: 'tok_env_again' }),
      ts: '2026-03-05T06:00:00.000Z',
    },
    {
      publisher_id: 'pub_harbour',
      token_id: 'tok_harbour',
      action: 'pipeline.published',
      details_json: JSON.stringify({ pipeline: 'berths', version: 1 }),
      ts: '2026-03-05T14:00:00.000Z',
    },
  ]);
});
