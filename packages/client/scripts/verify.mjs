// All that judges the sources, one after the other, so that two cores are not asked for more than they have.
import { spawnSync } from 'node:child_process';

for (const check of ['typecheck', 'lint', 'format:check', 'test']) {
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', check], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`client: npm run ${check} failed`);
    process.exit(status ?? 1);
  }
  console.log(`client: ${check} passed after ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
