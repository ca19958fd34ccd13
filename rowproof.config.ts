import { defineConfig } from './src/index.ts';

/** The example in `migrations/` is migrated by rowproof itself. */
export default defineConfig({ tool: 'rowproof' });
