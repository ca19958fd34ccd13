/** A browser that is there already: none is downloaded for a test. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Why tests that need a browser are skipped where there is none. */
export const noBrowser = 'no Chromium here: install the package chromium, or name one in CHROMIUM';

/** The path of a Chromium; null without one. */
export function findChromium(): string | null {
  return [process.env['CHROMIUM'] ?? '', ...places].find((path) => path !== '' && existsSync(path)) ?? null;
}

/** Starts it. In a container its own sandbox does not work; it opens only pages that we have written. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
