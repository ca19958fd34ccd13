import type { ResolvedConfig } from '../config.ts';
import type { Runner } from '../model/tool.ts';
import { settingsOf, sqliteOf } from '../tools/choose.ts';

/** The config with the settings of the tool in production; the user's own settings win. */
export function withRunner(config: ResolvedConfig, runner: Runner): ResolvedConfig {
  const { asked } = config;
  const settings = { ...config.settings, ...settingsOf(runner), ...asked };
  const engine = asked.engine ?? (settings.doubleQuotedStrings ? 'node' : 'better-sqlite3');
  return { ...config, sqlite: config.sqlite ?? sqliteOf(runner), settings: { ...settings, engine } };
}
