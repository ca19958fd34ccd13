/** The recipes for migrators of other languages, with the real ones where they are installed (Debian: python3-alembic, python3-django). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';
import { rowsAfterFirst } from './project.ts';

/** The Python that has a module, or null. */
function pythonWith(module: string): string | null {
  const found = ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}

const alembic = pythonWith('alembic');
const django = pythonWith('django');

const env = `import os
from alembic import context
from sqlalchemy import create_engine, event
engine = create_engine(os.environ['DATABASE_URL'])
@event.listens_for(engine, 'connect')
def keys_on(connection, record):
    connection.execute('PRAGMA foreign_keys = ON')
with engine.connect() as connection:
    context.configure(connection=connection, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
`;

function revision(id: string, before: string | null, body: string): string {
  return `import sqlalchemy as sa
from alembic import op
revision = '${id}'
down_revision = ${before === null ? 'None' : `'${before}'`}
def upgrade():
${body}
def downgrade():
    pass
`;
}

const init = `    op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.String, nullable=False), sa.Column('name', sa.String))
    op.create_table('posts', sa.Column('id', sa.Integer, primary_key=True), sa.Column('user_id', sa.Integer, sa.ForeignKey('users.id', ondelete='CASCADE'), nullable=False), sa.Column('title', sa.String, nullable=False))
    op.create_table('comments', sa.Column('id', sa.Integer, primary_key=True), sa.Column('post_id', sa.Integer, sa.ForeignKey('posts.id', ondelete='CASCADE'), nullable=False), sa.Column('body', sa.String, nullable=False))`;

describe.skipIf(alembic === null)('Alembic', () => {
  test.each([false, true])(
    'a batch that rebuilds a table with children deletes them where keys are on; echo %s',
    async (echoes) => {
      const folder = folderWith({
        'alembic.ini': '[alembic]\nscript_location = %(here)s/migrations\n',
        'migrations/env.py': echoes ? env.replace("['DATABASE_URL'])", "['DATABASE_URL'], echo=True)") : env,
        'migrations/versions/9f_init.py': revision('9f', null, init),
        'migrations/versions/1a_nick.py': revision(
          '1a',
          '9f',
          "    op.add_column('users', sa.Column('nick', sa.String))",
        ),
        'migrations/versions/5c_required.py': revision(
          '5c',
          '1a',
          "    with op.batch_alter_table('users') as batch:\n        batch.alter_column('name', existing_type=sa.String, nullable=False)",
        ),
        'rows/9f_rows.sql': rowsAfterFirst,
      });
      const ini = `'${folder}/alembic.ini'`;
      const list = `from alembic.config import Config; from alembic.script import ScriptDirectory as S; [print(r.revision) for r in reversed(list(S.from_config(Config(${JSON.stringify(`${folder}/alembic.ini`)})).walk_revisions()))]`;
      const report = await check({
        migrations: join(folder, 'migrations/versions'),
        seeds: join(folder, 'rows'),
        dataset: ['fixture'],
        migrator: {
          list: `${alembic} -c '${list}'`,
          up: `${alembic} -m alembic.config -c ${ini} upgrade {version}`,
          env: { DATABASE_URL: 'sqlite:///{file}' },
          ...(echoes && { statements: 'stdout' as const }),
        },
      });
      expect(report.steps.map(({ migration, outcome }) => `${migration} ${outcome}`)).toEqual(
        ['9f_init', '1a_nick', '5c_required'].flatMap((name) => [`${name} applied`, `${name} applied`]),
      );
      const lost = report.findings.find(({ code }) => code === 'rows-lost');
      expect(lost).toMatchObject({ migration: '5c_required', severity: 'error' });
      expect(lost?.sql).toBe(echoes ? 'DROP TABLE users' : null);
      expect(lost?.message).toContain('posts lost 2 of 2 rows');
    },
  );
});

describe.skipIf(django === null)('Django', () => {
  test('switches keys off during a rebuild, so that the children stay', async () => {
    const folder = folderWith({
      'manage.py': `import os, sys
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=['app'], DEFAULT_AUTO_FIELD='django.db.models.AutoField', USE_TZ=True,
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.environ['DATABASE_FILE']}})
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
django.setup()
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`,
      'app/__init__.py': '',
      'app/models.py': '',
      'app/migrations/__init__.py': '',
      'app/migrations/0001_initial.py': `from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel('User', [('id', models.AutoField(primary_key=True)), ('email', models.TextField()), ('name', models.TextField(null=True))], options={'db_table': 'users'}),
        migrations.CreateModel('Post', [('id', models.AutoField(primary_key=True)), ('user', models.ForeignKey('app.User', models.CASCADE)), ('title', models.TextField())], options={'db_table': 'posts'}),
        migrations.CreateModel('Comment', [('id', models.AutoField(primary_key=True)), ('post', models.ForeignKey('app.Post', models.CASCADE)), ('body', models.TextField())], options={'db_table': 'comments'}),
    ]
`,
      'app/migrations/0002_nick.py': `from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [('app', '0001_initial')]
    operations = [migrations.AddField('User', 'nick', models.TextField(null=True))]
`,
      'app/migrations/0003_required.py': `from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [('app', '0002_nick')]
    operations = [migrations.AlterField('User', 'name', models.TextField(default=''))]
`,
      'rows/app.0001_initial_rows.sql': rowsAfterFirst,
    });
    const manage = `PYTHONDONTWRITEBYTECODE=1 ${django} '${folder}/manage.py'`;
    const report = await check({
      migrations: join(folder, 'app/migrations'),
      seeds: join(folder, 'rows'),
      dataset: ['fixture'],
      migrator: {
        list: `DATABASE_FILE=:memory: ${manage} showmigrations app --plan | awk '{print $NF}'`,
        up: `v={version}; ${manage} migrate "\${v%%.*}" "\${v#*.}"`,
        env: { DATABASE_FILE: '{file}' },
      },
    });
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'applied'));
    expect(report.findings.filter(({ code }) => code === 'rows-lost')).toEqual([]);
  });
});
