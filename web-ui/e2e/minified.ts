import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { type Project, call } from './journey';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOP = join(HERE, 'minified-shop');
const VITE = join(HERE, '..', 'node_modules', 'vite', 'bin', 'vite.js');

/** The release that the page of `minified-shop` says it is of. */
export const RELEASE = 'shop@1.4.0';

/** A pipeline of a customer: it builds a page as its configuration says, with a token of its own. */
export class Pipeline {
  private readonly project: Project;
  private readonly token: string;

  private constructor(project: Project, token: string) {
    this.project = project;
    this.token = token;
  }

  static async of(page: Page, project: Project): Promise<Pipeline> {
    const { token } = await call<{ token: string }>(page, 'POST', '/api/v1/organization/tokens', {
      name: `builds of ${project.slug}`,
    });
    return new Pipeline(project, token);
  }

  /** Builds the page into a directory of its own. What the plugin writes into the files is the same, whenever it uploads. */
  async build(bundler: 'vite' | 'webpack', upload: 'now' | 'later'): Promise<string> {
    const directory = test.info().outputPath(upload);
    const home = test.info().outputPath('home');
    mkdirSync(home, { recursive: true });
    await run(
      process.execPath,
      bundler === 'vite'
        ? [VITE, 'build', '--outDir', directory, '--emptyOutDir']
        : ['webpack.js', directory],
      SHOP,
      {
        // The command of the plugins keeps there which server it talks to.
        HOME: home,
        SENTRY_URL: test.info().project.use.baseURL ?? '',
        SENTRY_PROJECT: this.project.slug,
        SENTRY_AUTH_TOKEN: this.token,
        UPLOAD: upload,
      },
    );
    return directory;
  }
}

/** Runs a program in a directory; what it says is in the fault if it fails. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): Promise<void> {
  return new Promise((done, failed) => {
    const running = spawn(program, args, { cwd, env: { ...process.env, ...environment } });
    let said = '';
    running.stdout.on('data', (text: Buffer) => (said += text.toString()));
    running.stderr.on('data', (text: Buffer) => (said += text.toString()));
    running.on('error', failed);
    running.on('close', (code) =>
      code === 0 ? done() : failed(new Error(`${program} ${args[0]}: ${code}\n${said.slice(-2_000)}`)),
    );
  });
}
