import { dirname, resolve } from 'node:path';
import type { Folder } from '../folder.ts';
import { anyText } from '../parts.ts';

/**
 * A wrangler config with a D1 database whose migrations lie here, whatever they look like; or the head that
 * `wrangler d1 migrations create` writes. https://developers.cloudflare.com/d1/reference/migrations/
 */
export function recognise(folder: Folder): string | null {
  const config = folder.above(/^wrangler.*\.(?:toml|jsonc?)$/);
  if (config !== null && /\bd1_databases\b/.test(config.text)) {
    const named = [...config.text.matchAll(/migrations_dir["']?\s*[:=]\s*["']([^"']+)["']/g)].map(
      ([, dir]) => dir ?? '',
    );
    const places = named.length > 0 ? named : ['migrations'];
    const here = resolve(folder.directory);
    if (places.some((dir) => resolve(dirname(config.path), dir) === here)) return config.path.replace(/^.*[\\/]/, '');
  }
  const file = anyText(
    folder.files.filter((name) => /^\d/.test(name)),
    folder.text,
    /^-- Migration number:\s*\d+/m,
  );
  return file === undefined ? null : `the first line of ${file}`;
}
