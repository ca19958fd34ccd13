import { defineSeed } from '../src/index.ts';

const april = { from: '2026-04-01T00:00:00.000Z', to: '2026-04-30T23:59:59.999Z' };

/** People of both publishers, one of them only invited and one gone, with their sessions and what they did. */
export default defineSeed(({ insert, faker }) => {
  const hash = (): string => faker.string.hexadecimal({ length: 64, casing: 'lower', prefix: '' });
  const inApril = (): string => faker.date.between(april).toISOString();

  const signedIn = ['usr_ada', 'usr_ben', 'usr_chidi'].map((id) => ({
    id,
    email: `${id}@murmur.example`,
    display_name: faker.person.fullName(),
    created_at: april.from,
    deleted_at: null,
  }));
  insert('users', [
    ...signedIn,
    {
      id: 'usr_invited',
      email: 'New.Colleague@Murmur.Example',
      display_name: null,
      created_at: april.to,
      deleted_at: null,
    },
    {
      id: 'usr_gone',
      email: 'gone@murmur.example',
      display_name: 'Gone',
      created_at: april.from,
      deleted_at: april.to,
    },
  ]);

  insert(
    'publisher_members',
    [
      { publisher_id: 'pub_demo_seed', user_id: 'usr_ada', role: 'owner' },
      { publisher_id: 'pub_demo_seed', user_id: 'usr_ben', role: 'editor' },
      { publisher_id: 'pub_demo_seed', user_id: 'usr_invited', role: 'viewer' },
      { publisher_id: 'pub_harbour', user_id: 'usr_chidi', role: 'owner' },
      { publisher_id: 'pub_harbour', user_id: 'usr_ada', role: 'viewer' },
    ].map((member) => ({ ...member, created_at: inApril() })),
  );

  // Later links of a chain stand first: replaced_by points at rows that are there already.
  insert('refresh_tokens', [
    {
      id: 'rft_ada_2',
      user_id: 'usr_ada',
      token_hash: hash(),
      replaced_by: null,
      created_at: '2026-04-21T07:00:00.000Z',
      expires_at: '2026-05-21T07:00:00.000Z',
      revoked_at: null,
    },
    {
      id: 'rft_ada_1',
      user_id: 'usr_ada',
      token_hash: hash(),
      replaced_by: 'rft_ada_2',
      created_at: '2026-04-20T07:00:00.000Z',
      expires_at: '2026-05-20T07:00:00.000Z',
      revoked_at: '2026-04-21T07:00:00.000Z',
    },
    // Will run out unused before the next migration.
    {
      id: 'rft_ben',
      user_id: 'usr_ben',
      token_hash: hash(),
      replaced_by: null,
      created_at: '2026-04-02T07:00:00.000Z',
      expires_at: '2026-05-02T07:00:00.000Z',
      revoked_at: null,
    },
    {
      id: 'rft_gone',
      user_id: 'usr_gone',
      token_hash: hash(),
      replaced_by: null,
      created_at: '2026-04-10T07:00:00.000Z',
      expires_at: '2026-05-10T07:00:00.000Z',
      revoked_at: april.to,
    },
  ]);

  insert(
    'human_audit',
    [
      { user_id: 'usr_ada', publisher_id: 'pub_demo_seed', action: 'member.invited' },
      { user_id: 'usr_ben', publisher_id: 'pub_demo_seed', action: 'pipeline.edited' },
      { user_id: 'usr_chidi', publisher_id: 'pub_harbour', action: 'token.issued' },
      // Nobody of that address.
      { user_id: null, publisher_id: null, action: 'sign-in.refused' },
    ].map((event) => ({ ...event, details_json: JSON.stringify({ ip: faker.internet.ipv4() }), ts: inApril() })),
  );
});
