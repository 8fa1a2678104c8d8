import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** CHROMIUM, or the first of the PATH, or else the one that an npm package brings. */
async function browser(): Promise<{ executablePath: string; args: string[] }> {
  const directories = (process.env.PATH ?? '').split(delimiter);
  const found =
    process.env.CHROMIUM ??
    NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (found) return { executablePath: found, args: asRoot };
  const { default: packaged } = await import('@sparticuz/chromium');
  // Without its own arguments: they switch the security of the web off, and have one process for all pages, which a crash of one ends.
  return { executablePath: await packaged.executablePath(), args: asRoot };
}

const wide = { viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: '.',
  outputDir: 'results/failures',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.RESENTRY_URL ?? 'http://localhost:9000',
    trace: 'off',
    screenshot: 'only-on-failure',
    colorScheme: 'light',
    // Colours are looked at when they have changed, not on their way.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: await browser(),
    ...wide,
  },
  projects: [
    { name: 'first-run', testMatch: 'first-run.spec.ts' },
    {
      name: 'journeys',
      testIgnore: 'first-run.spec.ts',
      dependencies: ['first-run'],
      use: { storageState: 'results/session.json' },
    },
  ],
});
